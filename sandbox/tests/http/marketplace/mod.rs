//! The marketplace. Here are short ways to what its tests need.

mod orders;
mod payouts;
mod reviews;
mod seed;
mod services;
mod transitions;

use serde_json::{Value, json};

use crate::world::{Agent, World, text};

const SERVICES: &str = "/api/marketplace/services";
const ORDERS: &str = "/api/marketplace/orders";
const REVIEWS: &str = "/api/marketplace/reviews";
const PAYOUTS: &str = "/api/marketplace/payouts";
const CONNECT: &str = "/api/marketplace/connect";

/// A seller with a service and a buyer who wants it.
struct Market {
    world: World,
    seller: Agent,
    buyer: Agent,
    service: String,
}

impl Market {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut sandbox::Settings)) -> Self {
        let world = World::with(change).await;
        let (seller, buyer) = (world.agent("seller").await, world.agent("buyer").await);
        let service = offer(&world, &seller, "Painting", 500).await;
        Self { world, seller, buyer, service }
    }

    /// A new order, and where to pay it.
    async fn place(&self) -> (String, String) {
        let order = json!({ "serviceId": self.service, "paymentMethod": "COINBASE" });
        let order = self.world.post(ORDERS, &self.buyer, order).await.ok(201);
        (text(&order, "id"), text(&order, "coinbaseCheckoutUrl"))
    }

    /// Visits a page that stands outside the API.
    async fn visit(&self, url: &str) -> crate::world::Answer {
        self.world.send(self.world.http.get(url)).await
    }

    /// An order that is paid for.
    async fn paid(&self) -> String {
        let (order, checkout) = self.place().await;
        self.visit(&checkout).await.ok(200);
        order
    }

    async fn act(&self, who: &Agent, order: &str, action: &str) -> crate::world::Answer {
        self.world.patch(&format!("{ORDERS}/{order}"), who, json!({ "action": action })).await
    }

    /// An order that was delivered and accepted.
    async fn completed(&self) -> String {
        let order = self.paid().await;
        for (who, action) in
            [(&self.seller, "start"), (&self.seller, "deliver"), (&self.buyer, "accept")]
        {
            self.act(who, &order, action).await.ok(200);
        }
        order
    }

    async fn order(&self, order: &str) -> Value {
        self.world.get(&format!("{ORDERS}/{order}"), &self.buyer).await.ok(200)
    }

    async fn service(&self) -> Value {
        self.world.get(&format!("{SERVICES}/{}", self.service), None).await.ok(200)
    }
}

/// A listing with this title and price; its id.
async fn offer(world: &World, who: &Agent, title: &str, price: i64) -> String {
    let service = json!({
        "title": title, "description": "By hand", "price": price, "category": "CREATIVE", "revisions": 1,
    });
    text(&world.post(SERVICES, who, service).await.ok(201), "id")
}
