import { AtpAgent } from "@atproto/api";

const REPO = "did:plc:bench";
const RECORD = { uri: `at://${REPO}/app.bsky.feed.post/3k2`, cid: "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a" };

export const open = (fetch) => new AtpAgent({ service: "https://service.test", fetch });
export const list = (client) => client.com.atproto.repo.listRecords({ repo: REPO, collection: "app.bsky.feed.post", limit: 20 });
/** The client checks answers: of records it takes any. */
export const answer = (posts) => ({ records: posts.map((value) => ({ ...RECORD, value })), cursor: "c2" });
export const resources = ({ app, chat, com, tools }) => ({ app, chat, com, tools });
