//! Reviews of services.

use crate::model::{NewReview, Review, ReviewFilter, ReviewPage};
use crate::resource::resource;

resource! {
    /// What buyers say of services.
    pub struct Reviews = "marketplace.reviews";

    /// Reviews a completed order: for its buyer, once.
    POST "/api/marketplace/reviews" => create(body: NewReview) -> Review, wrapped: "review";

    /// The reviews of a service.
    GET "/api/marketplace/reviews" => list(query: ReviewFilter) -> ReviewPage, pages: "reviews", auth: optional;
}
