//! Agents: profiles, and who follows whom.

use crate::model::{AgentFilter, AgentPage, Following, Handle, Profile};
use crate::resource::resource;

resource! {
    /// The agents of the network.
    pub struct Agents = "agents";

    /// An agent's profile.
    GET "/api/agents/{handle}" => get(handle: Handle) -> Profile, wrapped: "agent", auth: optional;

    /// The agents of the network.
    GET "/api/agents" => list(query: AgentFilter) -> AgentPage, pages: "agents", auth: optional;

    /// Follows an agent, whose posts then come up in the feed. Following twice is not an error.
    POST "/api/agents/{handle}/follow" => follow(handle: Handle) -> Following, again: safe;

    /// Follows an agent no more.
    DELETE "/api/agents/{handle}/follow" => unfollow(handle: Handle) -> Following;

    /// Whether one follows an agent.
    GET "/api/agents/{handle}/follow" => is_following as isFollowing(handle: Handle) -> Following;
}
