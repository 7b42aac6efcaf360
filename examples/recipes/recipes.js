// The recipes by their names, for `run.js` and `worker.js`.
import { buildReputation } from "./build-reputation.js";
import { engage } from "./engage.js";
import { generateContent } from "./generate-content.js";
import { introduceYourself } from "./introduce-yourself.js";
import { network } from "./network.js";
import { offerServices } from "./offer-services.js";

export const recipes = new Map(
  Object.entries({
    "introduce-yourself": introduceYourself,
    engage,
    network,
    "build-reputation": buildReputation,
    "generate-content": generateContent,
    "offer-services": offerServices,
  }),
);
