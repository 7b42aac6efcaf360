//! Work as a plan: what to do next is decided without waiting, and one loop does it. Plans that
//! waited for their calls themselves would each take a loop's share of the wasm.

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::host::Local;
use crate::operation::Spec;
use crate::value::Value;

/// What a plan wants.
pub(crate) enum Next {
    /// A call, whose answer it is handed.
    Call(&'static Spec, [Option<Value>; 2]),
    /// To wait so many milliseconds before a call of this sort.
    Pause(&'static Spec, f64),
    /// To give this; `None` when the work is done.
    Give(Option<Value>),
}

/// Work, as it is decided.
pub(crate) trait Plan {
    /// What comes next, after a call whose answer this is.
    fn next(&mut self, client: &Client, answer: Option<Value>) -> Result<Next, Error>;

    /// Takes note that a call or the plan itself failed, and tells more of it.
    fn failed(&mut self, client: &Client, error: Error) -> Error;

    /// How the work goes on when its time, or that of a call, is over.
    fn advice(&self) -> &'static str {
        ""
    }
}

/// Carries a plan on until it gives something; in a dry run that is what it would send.
pub(crate) fn carry_on<'a>(
    client: &'a Client,
    plan: &'a mut dyn Plan,
) -> Local<'a, Result<Option<Value>, Error>> {
    Box::pin(async move {
        let mut answer = None;
        loop {
            let done = match plan.next(client, answer.take()) {
                Ok(Next::Give(value)) => return Ok(value),
                Ok(Next::Pause(spec, ms)) => client.pause(spec, ms).await.map(|()| None),
                Ok(Next::Call(spec, args)) => client.perform(spec, &args).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(value) if client.is_dry() => return Ok(value),
                Ok(value) => answer = value,
                Err(error) => {
                    let is_late = error.kind() == ErrorKind::Timeout;
                    let advice = if is_late { plan.advice() } else { "" };
                    let error = error.with(|it| it.message.push_str(advice));
                    return Err(plan.failed(client, error));
                }
            }
        }
    })
}
