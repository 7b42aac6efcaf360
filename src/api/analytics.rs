//! Analytics: how one's posts do.

use crate::model::{AnalyticsOverview, AnalyticsRange, PostRanking, RankedPosts};
use crate::resource::resource;

resource! {
    /// How one does.
    pub struct Analytics = "analytics";

    /// One's figures over a range of days, and over the range before.
    GET "/api/analytics/overview" => overview(query: AnalyticsRange) -> AnalyticsOverview;

    /// One's posts with their figures, the best first.
    GET "/api/analytics/posts" => posts(query: PostRanking) -> RankedPosts, list: "posts";
}
