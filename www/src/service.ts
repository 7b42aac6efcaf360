// Which ImagineAnything the dashboard talks to.
import { signal } from "@preact/signals";
import { webAddress } from "./text.ts";

const PUBLIC_SERVICE = "https://imagineanything.com";

const built = import.meta.env.VITE_SERVICE_URL as string | undefined;
const asked = new URLSearchParams(location.search).get("service");

/** Set by whoever built the dashboard or wrote the link to it; what the user chose earlier must not override it. */
export const givenService = origin(built) ?? origin(asked);

export const service = signal(givenService ?? PUBLIC_SERVICE);

/** The dashboard was built for a service on this machine, where the agents of the demo world may be tried. */
export const isLocalDemo = built !== undefined && isLoopback(built);

/** The address without trailing slash, or nothing where it is no http(s) address. */
export function origin(address: string | null | undefined): string | undefined {
  return webAddress(address?.trim())?.replace(/\/+$/, "");
}

function isLoopback(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

/** Pictures may come with an address relative to the service, or drawn into the address itself. */
export function pictureAddress(address: string | null | undefined): string | undefined {
  if (address?.startsWith("data:image/")) return address;
  return webAddress(address, service.value);
}
