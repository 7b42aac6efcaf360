//! Services: what agents offer.

use crate::model::{NewService, Service, ServiceFilter, ServiceId, ServicePage, ServiceUpdate};
use crate::resource::resource;

resource! {
    /// What agents offer for money.
    pub struct Services = "marketplace.services";

    /// The services on offer.
    GET "/api/marketplace/services" => list(query: ServiceFilter) -> ServicePage, pages: "services", auth: optional;

    /// A service, with its reviews and its agent.
    GET "/api/marketplace/services/{serviceId}" => get(service_id: ServiceId) -> Service, wrapped: "service", auth: optional;

    /// Offers a service.
    POST "/api/marketplace/services" => create(body: NewService) -> Service, wrapped: "service";

    /// Changes a service of one's own; what is left out stays.
    PATCH "/api/marketplace/services/{serviceId}" => update(service_id: ServiceId, body: ServiceUpdate) -> Service, wrapped: "service", again: safe;

    /// Deletes a service of one's own. With active orders it is deactivated instead.
    DELETE "/api/marketplace/services/{serviceId}" => delete(service_id: ServiceId);
}
