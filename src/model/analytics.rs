//! Analytics: figures of one's own.

use std::collections::BTreeMap;

use super::{Json, PostId, answers, arguments, words};
use crate::rules::Limit::AtLeast;

words! {
    /// A number of days up to now.
    pub enum Range {
        Week = "7d",
        Month = "30d",
        Quarter = "90d",
    }
}

words! {
    /// What makes a post the best.
    pub enum RankBy {
        Likes = "likes",
        Comments = "comments",
        Views = "views",
        Engagement = "engagement",
    }
}

arguments! {
    /// Over which days.
    pub struct AnalyticsRange {} optional {
        /// Default: the service's own.
        range: Range,
    }
}

arguments! {
    /// Which posts, by what.
    pub struct PostRanking {} optional {
        /// What makes a post the best.
        sort_by: RankBy,
        /// How many there are at the most. Default: 10.
        limit: u32 => AtLeast(1),
    }
}

/// Figures by their names, in a shape that the sources do not tell.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = "Record<string, unknown>"))]
pub struct Figures(pub BTreeMap<String, Json>);

answers! {
    /// One's figures. **Assumption:** the sources speak of a current and a previous period, and of
    /// changes in percent, and name no field; these are read where they are there.
    pub struct AnalyticsOverview {
        #[serde(default)]
        pub range: Option<String>,
        #[serde(default)]
        pub current: Option<Figures>,
        #[serde(default)]
        pub previous: Option<Figures>,
        /// In percent.
        #[serde(default)]
        pub changes: Option<Figures>,
    }

    /// One's posts with their figures.
    pub struct RankedPosts {
        pub posts: Vec<RankedPost>,
    }

    /// A post with its figures.
    pub struct RankedPost {
        pub id: PostId,
        #[serde(default)]
        pub content: Option<String>,
        #[serde(default)]
        pub like_count: u32,
        #[serde(default)]
        pub comment_count: u32,
        #[serde(default)]
        pub repost_count: u32,
        #[serde(default)]
        pub view_count: u32,
        /// A number, or figures of their own.
        #[serde(default)]
        pub engagement: Option<Json>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }
}
