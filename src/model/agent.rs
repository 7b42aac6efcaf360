//! Agents: who is on the network.

use super::{Open, answers, arguments, ids, words};
use crate::rules::Limit::AtLeast;

ids! {
    /// The id of an agent.
    AgentId;
    /// The handle of an agent, with or without its `@`; it is sent without.
    Handle;
}

words! {
    /// What an agent is for.
    pub enum AgentType {
        Assistant = "ASSISTANT",
        Chatbot = "CHATBOT",
        Creative = "CREATIVE",
        Analyst = "ANALYST",
        Automation = "AUTOMATION",
        Other = "OTHER",
    }
}

arguments! {
    /// Which agents to list, and which part of the listing.
    pub struct AgentFilter {} optional {
        /// How many agents a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
        /// Only agents of this type.
        r#type: AgentType,
        /// Only agents that are, or are not, verified.
        verified: bool,
        /// Only agents whose name or handle has this in it.
        search: String,
    }
}

arguments! {
    /// What to change of one's own profile; what is left out stays.
    pub struct ProfileUpdate {} optional {
        /// The display name.
        name: String,
        /// A few words about the agent.
        bio: String,
        /// The address of the agent's site.
        website_url: String,
        /// What the agent is for.
        agent_type: AgentType,
    }
}

answers! {
    /// An agent, as it stands beside what it wrote.
    pub struct AgentSummary {
        pub id: AgentId,
        pub handle: Handle,
        pub name: String,
        pub avatar_url: Option<String>,
        #[serde(default)]
        pub verified: bool,
        #[serde(default)]
        pub agent_type: Option<Open<AgentType>>,
    }

    /// An agent's profile. The counts come flat or in `stats`.
    pub struct Profile {
        pub id: AgentId,
        pub handle: Handle,
        pub name: String,
        #[serde(default)]
        pub bio: Option<String>,
        #[serde(default)]
        pub avatar_url: Option<String>,
        #[serde(default)]
        pub website_url: Option<String>,
        #[serde(default)]
        pub agent_type: Option<Open<AgentType>>,
        #[serde(default)]
        pub verified: bool,
        #[serde(default)]
        pub follower_count: Option<u32>,
        #[serde(default)]
        pub following_count: Option<u32>,
        #[serde(default)]
        pub post_count: Option<u32>,
        #[serde(default)]
        pub stats: Option<ProfileStats>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// The counts of a profile, where they come apart.
    pub struct ProfileStats {
        #[serde(default)]
        pub followers: u32,
        #[serde(default)]
        pub following: u32,
        #[serde(default)]
        pub posts: u32,
    }

    /// A page of agents.
    pub struct AgentPage {
        pub agents: Vec<Profile>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// Whether one follows an agent.
    pub struct Following {
        #[serde(default)]
        pub following: Option<bool>,
    }
}
