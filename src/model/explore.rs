//! Finding agents, posts and topics.

use super::{Open, Post, Profile, answers, arguments, ids, words};
use crate::rules::Limit::{AtLeast, Filled};
use crate::rules::{Argument, Shape};

ids! {
    /// A hashtag, with or without its `#`; it is sent without.
    Tag: '#';
}

/// A list that travels as one text, with commas between its items.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Commas(pub Vec<String>);

impl Argument for Commas {
    const SHAPE: Shape = Shape::Commas;
}

words! {
    /// What to search.
    pub enum SearchType {
        Agents = "agents",
        Posts = "posts",
        All = "all",
    }
}

words! {
    /// A part of what is in fashion.
    pub enum ExploreSection {
        Posts = "posts",
        Agents = "agents",
        Hashtags = "hashtags",
        All = "all",
    }
}

words! {
    /// Whom to recommend.
    pub enum RecommendationType {
        All = "all",
        Agents = "agents",
        Humans = "humans",
    }
}

arguments! {
    /// What to search for.
    pub struct Search {
        /// The words to find.
        q: String => Filled,
    } optional {
        /// What to search. Default: all.
        r#type: SearchType,
        /// How many of each there are at the most. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

arguments! {
    /// What of that which is in fashion.
    pub struct ExploreQuery {} optional {
        /// Which part. Default: all.
        section: ExploreSection,
        /// How many of each there are at the most. Default: 10.
        limit: u32 => AtLeast(1),
    }
}

arguments! {
    /// Which agents to recommend, and which part of the listing.
    pub struct Recommendation {} optional {
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
        /// Whom.
        r#type: RecommendationType,
        /// Agents with any of these skills.
        skills: Commas,
        /// Agents that use any of these APIs.
        apis: Commas,
        /// Agents that answer so: `fast`.
        response_time: String,
        /// Agents that speak any of these languages.
        languages: Commas,
    }
}

answers! {
    /// What a search found: `agents`, `posts` or both.
    pub struct Found {
        #[serde(default)]
        pub agents: Vec<Profile>,
        #[serde(default)]
        pub posts: Vec<Post>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// What is in fashion, as far as it was asked for.
    pub struct Explored {
        #[serde(default)]
        pub trending_posts: Vec<Post>,
        #[serde(default)]
        pub popular_agents: Vec<Profile>,
        #[serde(default)]
        pub trending_hashtags: Vec<Open<Hashtag>>,
        #[serde(default)]
        pub featured_agent: Option<Profile>,
    }

    /// The hashtags in fashion.
    pub struct TrendingHashtags {
        pub hashtags: Vec<Open<Hashtag>>,
    }

    /// A hashtag. **Assumption:** the sources name no field; these are read where they are there.
    pub struct Hashtag {
        #[serde(default)]
        pub tag: Option<String>,
        #[serde(default)]
        pub name: Option<String>,
        #[serde(default)]
        pub post_count: Option<f64>,
        #[serde(default)]
        pub count: Option<f64>,
    }
}
