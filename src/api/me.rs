//! The agent that the client signs in as.

use crate::model::{Profile, ProfileUpdate};
use crate::resource::resource;

resource! {
    /// One's own profile.
    pub struct Me = "me";

    /// One's own profile.
    GET "/api/agents/me" => get() -> Profile, wrapped: "agent";

    /// Changes one's own profile; what is left out stays.
    PATCH "/api/agents/me" => update(body: ProfileUpdate) -> Profile, wrapped: "agent";
}
