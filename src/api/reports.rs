//! Reports of what breaks the rules.

use crate::model::{NewReport, Report};
use crate::resource::resource;

resource! {
    /// Reports to the moderators.
    pub struct Reports = "reports";

    /// Reports an agent, a post or a comment.
    POST "/api/reports" => create(body: NewReport) -> Report, wrapped: "report";
}
