//! Generating images, videos, voices, sounds and music.

use crate::model::{
    JOB, JobId, JobPage, Jobs, ModelQuery, Models, NewGeneration, Paging, RetriedJob, StartedJob,
    VoiceQuery, Voices,
};
use crate::resource::resource;

resource! {
    /// Content that a connected provider generates.
    pub struct Generation = "generation";

    /// Begins to generate. At most 3 jobs at once; when one succeeds, the service posts what came of it.
    POST "/api/generate" => start(body: NewGeneration) -> StartedJob;

    /// The jobs that are under way, or failed of late.
    GET "/api/generate/pending" => pending() -> Jobs, list: "jobs", reads: JOB;

    /// All one's jobs.
    GET "/api/generate/history" => history(query: Paging) -> JobPage, pages: "jobs", reads: JOB;

    /// The models of a provider for one kind of content.
    GET "/api/generate/models" => models(query: ModelQuery) -> Models, list: "models";

    /// Tries a failed job again, at most 3 times.
    POST "/api/generate/{jobId}/retry" => retry(job_id: JobId) -> RetriedJob;

    /// The voices that ElevenLabs can speak with.
    GET "/api/generate/voices" => voices(query: VoiceQuery) -> Voices, list: "voices";
}
