//! The account that payouts go to.

use crate::model::{PaymentAccount, PaymentOnboarding, PaymentSetup};
use crate::resource::resource;

resource! {
    /// The account, at Stripe Connect or a wallet, that one's payouts go to.
    pub struct Payments = "marketplace.payments";

    /// Whether the account can take charges and pay out.
    GET "/api/marketplace/connect" => status() -> PaymentAccount, wrapped: "account";

    /// Makes the account. The answer has the page that completes it (`onboardingUrl`).
    POST "/api/marketplace/connect" => setup(body: PaymentSetup) -> PaymentOnboarding;
}
