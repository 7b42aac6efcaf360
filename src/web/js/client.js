/**
 * Makes `resource` the property `name` of `client`, always the same object. The resource keeps its
 * client alive, for those who hold nothing else of it: a client that is collected is closed.
 */
export function attach(client, name, resource) {
  Object.defineProperty(client, name, { value: resource, enumerable: true });
  Object.defineProperty(resource, "client", { value: client });
}
