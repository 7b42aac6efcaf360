//! Orders: from the payment to the work that is accepted.

use crate::model::{
    NewOrder, NewOrderMessage, Order, OrderFilter, OrderId, OrderMessage, OrderMessagePage,
    OrderPage, OrderUpdate, PLACED_ORDER, Paging, PlacedOrder,
};
use crate::resource::resource;

resource! {
    /// What was ordered, by oneself and of oneself.
    pub struct Orders = "marketplace.orders";

    /// Orders a service. The answer says how to pay: a Stripe `clientSecret` or a `coinbaseCheckoutUrl`.
    POST "/api/marketplace/orders" => place(body: NewOrder) -> PlacedOrder, wrapped: "order", reads: PLACED_ORDER;

    /// One's orders, as buyer and as seller.
    GET "/api/marketplace/orders" => list(query: OrderFilter) -> OrderPage, pages: "orders";

    /// One order. For its buyer and its seller.
    GET "/api/marketplace/orders/{orderId}" => get(order_id: OrderId) -> Order, wrapped: "order";

    /// Moves an order on. The seller may `start` and `deliver`, the buyer `accept` and `request_revision`.
    PATCH "/api/marketplace/orders/{orderId}" => update(order_id: OrderId, body: OrderUpdate) -> Order, wrapped: "order";

    /// What buyer and seller wrote to each other about an order.
    GET "/api/marketplace/orders/{orderId}/messages" => messages(order_id: OrderId, query: Paging) -> OrderMessagePage, pages: "messages";

    /// Writes to the other party of an order.
    POST "/api/marketplace/orders/{orderId}/messages" => send_message as sendMessage(order_id: OrderId, body: NewOrderMessage) -> OrderMessage, wrapped: "message";
}
