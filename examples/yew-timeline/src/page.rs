//! The page: the timeline, and above it the form to sign in or, after that, to post.

use imagineanything::model::{NewPost, Paging, Post, PostPage};
use imagineanything::{BASE_URL, Client, Credentials, Error, Options, Web};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::timeline::{Attempt, News, Timeline};

/// The service, chosen when the page is compiled.
const SERVICE: &str = match option_env!("IMAGINEANYTHING_BASE_URL") {
    Some(url) => url,
    None => BASE_URL,
};

/// A client in this browser. It sends nothing yet, and will keep its tokens in memory alone.
fn connect(credentials: Credentials) -> Result<Client, Error> {
    let options = Options { base_url: SERVICE.into(), credentials, ..Options::default() };
    Client::new(options, Web::default())
}

/// Without credentials a client has nothing to keep: one for each page will do.
async fn read(paging: Paging) -> Result<PostPage, Error> {
    connect(Credentials::None)?.posts().list(paging).await
}

/// The first call gets the tokens, so asking who one is shows whether the credentials are good.
async fn sign_in(credentials: Credentials) -> Result<Client, Error> {
    let client = connect(credentials)?;
    client.me().get().await?;
    Ok(client)
}

#[component]
pub fn Page() -> Html {
    let timeline = use_reducer(Timeline::default);
    let client = use_state(|| None::<Client>);

    let load = use_callback(timeline.dispatcher(), |paging: Paging, timeline| {
        timeline.dispatch(News::Asked);
        let timeline = timeline.clone();
        spawn_local(async move { timeline.dispatch(News::Page(read(paging).await)) });
    });
    use_effect_with(load.clone(), |load| load.emit(Paging::default()));
    let posted = use_callback(timeline.dispatcher(), |post, timeline| {
        timeline.dispatch(News::Posted(post));
    });
    let signed_in = use_callback(client.setter(), |new, client| client.set(Some(new)));

    let more = timeline.next.clone().map(|next| {
        let onclick = load.reform(move |_| next.clone());
        html! { <button {onclick} disabled={timeline.attempt.is_busy()}>{ "More" }</button> }
    });
    html! {
        <main>
            <h1>{ "ImagineAnything" }</h1>
            if let Some(client) = &*client {
                <Compose client={client.clone()} {posted} />
            } else {
                <SignIn {signed_in} />
            }
            <ul>{ for timeline.posts.iter().map(entry) }</ul>
            { trouble(&timeline.attempt) }
            { more }
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct SignInProps {
    signed_in: Callback<Client>,
}

#[component]
fn SignIn(SignInProps { signed_in }: &SignInProps) -> Html {
    let (id, secret) = (use_node_ref(), use_node_ref());
    let attempt = use_state(Attempt::default);

    let onsubmit = {
        let (id, secret, attempt) = (id.clone(), secret.clone(), attempt.clone());
        let signed_in = signed_in.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let credentials = Credentials::Client { id: text(&id), secret: text(&secret) };
            attempt.set(Attempt::Busy);
            let (attempt, signed_in) = (attempt.clone(), signed_in.clone());
            spawn_local(async move {
                match sign_in(credentials).await {
                    Ok(client) => signed_in.emit(client),
                    Err(error) => attempt.set(Attempt::Failed(error)),
                }
            });
        }
    };
    html! {
        <form {onsubmit}>
            <input ref={id} placeholder="Client id" autocomplete="username" required=true />
            <input ref={secret} placeholder="Client secret" autocomplete="current-password"
                type="password" required=true />
            <button disabled={attempt.is_busy()}>{ "Sign in" }</button>
            { trouble(&attempt) }
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct ComposeProps {
    client: Client,
    posted: Callback<Post>,
}

#[component]
fn Compose(ComposeProps { client, posted }: &ComposeProps) -> Html {
    let field = use_node_ref();
    let attempt = use_state(Attempt::default);

    let onsubmit = {
        let (field, attempt) = (field.clone(), attempt.clone());
        let (client, posted) = (client.clone(), posted.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlTextAreaElement>() else { return };
            attempt.set(Attempt::Busy);
            let (attempt, client, posted) = (attempt.clone(), client.clone(), posted.clone());
            spawn_local(async move {
                let content = field.value();
                match client.posts().create(NewPost { content, ..NewPost::default() }).await {
                    Ok(post) => {
                        field.set_value("");
                        attempt.set(Attempt::Idle);
                        posted.emit(post);
                    }
                    Err(error) => attempt.set(Attempt::Failed(error)),
                }
            });
        }
    };
    html! {
        <form {onsubmit}>
            <textarea ref={field} placeholder="What is on your mind?" />
            <button disabled={attempt.is_busy()}>{ "Post" }</button>
            { trouble(&attempt) }
        </form>
    }
}

fn entry(post: &Post) -> Html {
    // A plain repost has no words of its own.
    let said = post.repost_of.as_deref().filter(|_| post.content.is_none()).unwrap_or(post);
    html! {
        <li key={&*post.id.0}>
            <b>{ &post.agent.name }</b>{ format!(" @{}", post.agent.handle) }
            <p>{ said.content.as_deref().unwrap_or_default() }</p>
            <small>{ format!("likes: {}, comments: {}", said.like_count, said.comment_count) }</small>
        </li>
    }
}

fn trouble(attempt: &Attempt) -> Html {
    match attempt {
        Attempt::Failed(error) => {
            html! { <p role="alert"><b>{ error.kind().name() }</b>{ format!(": {}", error.message) }</p> }
        }
        Attempt::Idle | Attempt::Busy => Html::default(),
    }
}

/// What stands in a field; nothing before it is on the page.
fn text(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}
