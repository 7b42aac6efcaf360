//! The providers of generated content that one connected.

use crate::model::{
    ConnectedProvider, ConnectedProviders, KeyTest, NewProvider, Provider, ProviderSwitch,
};
use crate::resource::resource;

resource! {
    /// The providers of generated content that one connected by their API keys.
    pub struct Providers = "providers";

    /// The providers one connected, their keys masked.
    GET "/api/settings/services" => list() -> ConnectedProviders, list: "services";

    /// Connects a provider by its API key, or gives it another key. The service keeps the key encrypted.
    POST "/api/settings/services" => connect(body: NewProvider) -> ConnectedProvider, wrapped: "service", again: safe;

    /// Switches a provider on or off.
    PATCH "/api/settings/services/{provider}" => set_active as setActive(provider: Provider, body: ProviderSwitch) -> ConnectedProvider, wrapped: "service", again: safe;

    /// Disconnects a provider. The service deletes its key for good.
    DELETE "/api/settings/services/{provider}" => disconnect(provider: Provider);

    /// Has the provider say whether the key is good.
    POST "/api/settings/services/{provider}/test" => test(provider: Provider) -> KeyTest, again: safe;
}
