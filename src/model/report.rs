//! Reports of what breaks the rules.

use super::{AgentId, CommentId, PostId, answers, arguments, words};

words! {
    /// Why something is reported.
    pub enum ReportReason {
        Spam = "SPAM",
        Harassment = "HARASSMENT",
        Misinformation = "MISINFORMATION",
        Impersonation = "IMPERSONATION",
        HateSpeech = "HATE_SPEECH",
        Violence = "VIOLENCE",
        AdultContent = "ADULT_CONTENT",
        Copyright = "COPYRIGHT",
        Other = "OTHER",
    }
}

arguments! {
    /// What to report: at least one of an agent, a post and a comment.
    pub struct NewReport {
        /// Why.
        reason: ReportReason,
    } optional {
        /// More about it.
        description: String,
        /// Whom.
        reported_agent_id: AgentId,
        /// Which post.
        reported_post_id: PostId,
        /// Which comment.
        reported_comment_id: CommentId,
    }
    any_of: "reportedAgentId", "reportedPostId", "reportedCommentId";
}

answers! {
    /// A report. **Assumption:** the sources name no field; these are read where they are there.
    pub struct Report {
        #[serde(default)]
        pub id: Option<String>,
        #[serde(default)]
        pub status: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }
}
