//! The marketplace: services, orders, reviews and money. Prices are in cents.

use super::{AgentSummary, Json, Open, answers, arguments, ids, words};
use crate::operation::Alias;
use crate::rules::Limit::{AtLeast, Between, Chars, Filled};

ids! {
    /// The id of a service.
    ServiceId;
    /// The id of an order.
    OrderId;
    /// The id of a payout.
    PayoutId;
}

words! {
    /// What services are sorted by.
    pub enum ServiceSort {
        CreatedAt = "createdAt",
        Price = "price",
        AvgRating = "avgRating",
        OrderCount = "orderCount",
    }
}

words! {
    /// Which way to sort.
    pub enum SortOrder {
        Ascending = "asc",
        Descending = "desc",
    }
}

words! {
    /// How to pay.
    pub enum PaymentMethod {
        Card = "CARD",
        CryptoUsdc = "CRYPTO_USDC",
        CryptoUsdp = "CRYPTO_USDP",
        Coinbase = "COINBASE",
    }
}

words! {
    /// One's side of an order.
    pub enum OrderRole {
        All = "all",
        Buyer = "buyer",
        Seller = "seller",
    }
}

words! {
    /// How far an order is.
    pub enum OrderStatus {
        PendingPayment = "PENDING_PAYMENT",
        Paid = "PAID",
        InProgress = "IN_PROGRESS",
        Delivered = "DELIVERED",
        Revision = "REVISION",
        Completed = "COMPLETED",
        Cancelled = "CANCELLED",
        Disputed = "DISPUTED",
        Refunded = "REFUNDED",
    }
}

words! {
    /// What moves an order on.
    pub enum OrderAction {
        Start = "start",
        Deliver = "deliver",
        Accept = "accept",
        RequestRevision = "request_revision",
        Dispute = "dispute",
        Cancel = "cancel",
    }
}

words! {
    /// How far a payout is.
    pub enum PayoutStatus {
        Pending = "PENDING",
        Processing = "PROCESSING",
        Completed = "COMPLETED",
    }
}

arguments! {
    /// Which services to list, how sorted, and which part of the listing.
    pub struct ServiceFilter {} optional {
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
        /// Only services of this category.
        category: String,
        /// Only services that have these words.
        search: String,
        /// Only services that are, or are not, featured.
        featured: bool,
        /// Only services of at least this price, in cents.
        min_price: u32 => AtLeast(0),
        /// Only services of at most this price, in cents.
        max_price: u32 => AtLeast(0),
        /// What to sort by.
        sort_by: ServiceSort,
        /// Which way.
        sort_order: SortOrder,
    }
}

arguments! {
    /// A service to offer.
    pub struct NewService {
        /// What it is called.
        title: String => Filled,
        /// What one gets.
        description: String => Filled,
        /// In cents: 500 is $5.00.
        price: u32 => AtLeast(0),
        /// `CREATIVE`, and so on.
        category: String => Filled,
    } optional {
        /// The description in a few words.
        short_desc: String,
        /// How many days it takes.
        delivery_days: u32 => AtLeast(0),
        /// How often the buyer may ask for changes.
        revisions: u32 => AtLeast(0),
        /// What it is found by.
        tags: Vec<String>,
        /// The URL of a small picture.
        thumbnail_url: String,
        /// The URLs of pictures.
        images: Vec<String>,
    }
}

arguments! {
    /// What to change of a service; what is left out stays.
    pub struct ServiceUpdate {} optional {
        /// What it is called.
        title: String => Filled,
        /// What one gets.
        description: String => Filled,
        /// The description in a few words.
        short_desc: String,
        /// In cents: 500 is $5.00.
        price: u32 => AtLeast(0),
        /// How many days it takes.
        delivery_days: u32 => AtLeast(0),
        /// How often the buyer may ask for changes.
        revisions: u32 => AtLeast(0),
        /// `CREATIVE`, and so on.
        category: String => Filled,
        /// What it is found by.
        tags: Vec<String>,
        /// The URL of a small picture.
        thumbnail_url: String,
        /// The URLs of pictures.
        images: Vec<String>,
    }
}

arguments! {
    /// An order to place.
    pub struct NewOrder {
        /// Of which service.
        service_id: ServiceId => Filled,
        /// How to pay.
        payment_method: PaymentMethod,
    } optional {
        /// What the seller is to know.
        requirements: String,
    }
}

arguments! {
    /// Which orders to list, and which part of the listing.
    pub struct OrderFilter {} optional {
        /// On which side one stands. Default: all.
        role: OrderRole,
        /// Only orders that are this far.
        status: OrderStatus,
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
    }
}

arguments! {
    /// How to move an order on.
    pub struct OrderUpdate {
        /// What is done.
        action: OrderAction,
    } optional {
        /// What is delivered, with `deliver`.
        deliverables: String,
    }
}

arguments! {
    /// A message about an order.
    pub struct NewOrderMessage {
        /// The text, at most 5000 characters.
        content: String => Chars(5000),
    } optional {
        /// URLs of files.
        attachments: Vec<String>,
    }
}

arguments! {
    /// A review of a completed order. Ratings go from 1 to 5.
    pub struct NewReview {
        /// Of which order.
        order_id: OrderId => Filled,
        /// How good it was in all.
        rating: u32 => Between(1, 5),
    } optional {
        /// What there is to say.
        content: String,
        /// How good the work was.
        quality_rating: u32 => Between(1, 5),
        /// How good it was to deal with the seller.
        communication_rating: u32 => Between(1, 5),
        /// How well the delivery went.
        delivery_rating: u32 => Between(1, 5),
    }
}

arguments! {
    /// Which reviews to list, and which part of the listing.
    pub struct ReviewFilter {
        /// Of which service.
        service_id: ServiceId => Filled,
    } optional {
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

arguments! {
    /// Which payouts to list, and which part of the listing.
    pub struct PayoutFilter {} optional {
        /// Only payouts that are this far.
        status: PayoutStatus,
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
    }
}

arguments! {
    /// A payout to have paid.
    pub struct PayoutRequest {
        /// Which.
        payout_id: PayoutId => Filled,
    } optional {}
}

arguments! {
    /// How the account is to be.
    pub struct PaymentSetup {} optional {
        /// Whether to be paid in a cryptocurrency.
        prefer_crypto: bool,
        /// The wallet for it: `0x…`.
        crypto_wallet_address: String,
    }
}

/// How to pay comes beside the order or in `payment`; it is handed on beside the order's fields.
pub(crate) const PLACED_ORDER: &[Alias] = &[
    Alias { name: "clientSecret", from: "payment.clientSecret" },
    Alias { name: "coinbaseCheckoutUrl", from: "payment.coinbaseCheckoutUrl" },
];

answers! {
    /// A service. **Assumption:** what the sources do not name is read where it is there.
    pub struct Service {
        pub id: ServiceId,
        pub title: String,
        #[serde(default)]
        pub description: Option<String>,
        #[serde(default)]
        pub short_desc: Option<String>,
        /// In cents.
        pub price: f64,
        #[serde(default)]
        pub delivery_days: Option<f64>,
        #[serde(default)]
        pub revisions: Option<f64>,
        #[serde(default)]
        pub category: Option<String>,
        #[serde(default)]
        pub tags: Vec<String>,
        #[serde(default)]
        pub thumbnail_url: Option<String>,
        #[serde(default)]
        pub images: Vec<String>,
        #[serde(default)]
        pub featured: bool,
        /// False when it is not on offer any more.
        #[serde(default)]
        pub is_active: Option<bool>,
        #[serde(default)]
        pub avg_rating: Option<f64>,
        #[serde(default)]
        pub review_count: Option<f64>,
        #[serde(default)]
        pub order_count: Option<f64>,
        /// Who offers it.
        #[serde(default)]
        pub agent: Option<AgentSummary>,
        /// Of `services.get` alone.
        #[serde(default)]
        pub reviews: Vec<Review>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// A page of services.
    pub struct ServicePage {
        pub services: Vec<Service>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// An order. **Assumption:** the sources name `status` alone; the rest is read where it is there.
    pub struct Order {
        pub id: OrderId,
        pub status: Open<OrderStatus>,
        #[serde(default)]
        pub service_id: Option<ServiceId>,
        #[serde(default)]
        pub service: Option<Service>,
        #[serde(default)]
        pub buyer: Option<AgentSummary>,
        #[serde(default)]
        pub seller: Option<AgentSummary>,
        #[serde(default)]
        pub requirements: Option<String>,
        #[serde(default)]
        pub deliverables: Option<String>,
        #[serde(default)]
        pub payment_method: Option<Open<PaymentMethod>>,
        /// In cents.
        #[serde(default)]
        pub price: Option<f64>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub updated_at: Option<String>,
    }

    /// An order that was placed, and how to pay it.
    pub struct PlacedOrder {
        pub id: OrderId,
        pub status: Open<OrderStatus>,
        #[serde(default)]
        pub service_id: Option<ServiceId>,
        #[serde(default)]
        pub payment_method: Option<Open<PaymentMethod>>,
        /// In cents.
        #[serde(default)]
        pub price: Option<f64>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// For Stripe.
        #[serde(default)]
        pub client_secret: Option<super::Secret>,
        /// The page to pay on, at Coinbase.
        #[serde(default)]
        pub coinbase_checkout_url: Option<String>,
    }

    /// A page of orders.
    pub struct OrderPage {
        pub orders: Vec<Order>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A message about an order. **Assumption:** the sources name what is sent; the rest is read
    /// where it is there.
    pub struct OrderMessage {
        pub id: String,
        #[serde(default)]
        pub content: Option<String>,
        #[serde(default)]
        pub attachments: Vec<String>,
        /// Who wrote it.
        #[serde(default)]
        pub sender: Option<AgentSummary>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// A page of messages about an order.
    pub struct OrderMessagePage {
        pub messages: Vec<OrderMessage>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A review. Ratings go from 1 to 5.
    pub struct Review {
        #[serde(default)]
        pub id: Option<String>,
        pub rating: f64,
        #[serde(default)]
        pub content: Option<String>,
        #[serde(default)]
        pub quality_rating: Option<f64>,
        #[serde(default)]
        pub communication_rating: Option<f64>,
        #[serde(default)]
        pub delivery_rating: Option<f64>,
        #[serde(default)]
        pub order_id: Option<OrderId>,
        /// Who wrote it.
        #[serde(default)]
        pub reviewer: Option<AgentSummary>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// A page of reviews.
    pub struct ReviewPage {
        pub reviews: Vec<Review>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A payout. **Assumption:** the sources name its status alone; the rest is read where it is
    /// there.
    pub struct Payout {
        pub id: PayoutId,
        pub status: Open<PayoutStatus>,
        /// In cents.
        #[serde(default)]
        pub amount: Option<f64>,
        #[serde(default)]
        pub order_id: Option<OrderId>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// A page of payouts.
    pub struct PayoutPage {
        pub payouts: Vec<Payout>,
        /// Totals, in a shape that the sources do not tell.
        #[serde(default)]
        pub summary: Option<Json>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// The account that payouts go to.
    pub struct PaymentAccount {
        #[serde(default)]
        pub charges_enabled: bool,
        #[serde(default)]
        pub payouts_enabled: bool,
    }

    /// An account in the making.
    pub struct PaymentOnboarding {
        /// The page that completes it. **Assumption:** missing when it is complete already.
        #[serde(default)]
        pub onboarding_url: Option<String>,
    }
}
