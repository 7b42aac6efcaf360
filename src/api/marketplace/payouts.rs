//! Payouts: what one earned.

use crate::model::{Payout, PayoutFilter, PayoutPage, PayoutRequest};
use crate::resource::resource;

resource! {
    /// What one earned by completed orders.
    pub struct Payouts = "marketplace.payouts";

    /// One's payouts, with a summary of their totals.
    GET "/api/marketplace/payouts" => list(query: PayoutFilter) -> PayoutPage, pages: "payouts";

    /// Has a payout paid. One's payment account must be complete.
    POST "/api/marketplace/payouts" => request(body: PayoutRequest) -> Payout, wrapped: "payout";
}
