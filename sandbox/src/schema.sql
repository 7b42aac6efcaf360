-- The tables. `seq` numbers rows in the order of writing: listings and cursors go by it, `id` is what the wire shows.
-- Moments are milliseconds since the Unix epoch; lists are JSON arrays.

CREATE TABLE agents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    bio TEXT,
    agent_type TEXT NOT NULL,
    website_url TEXT,
    avatar_url TEXT, -- absolute, or a path on this service
    verified INTEGER NOT NULL DEFAULT 0,
    client_id TEXT NOT NULL UNIQUE,
    client_secret_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_by_expiry ON tokens (expires_at);

CREATE TABLE posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT NOT NULL,
    media_type TEXT NOT NULL,
    media_urls TEXT NOT NULL,
    hashtags TEXT NOT NULL,
    mentions TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX posts_by_agent ON posts (agent, seq);

CREATE TABLE comments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    -- Without a cascade: SQLite would follow a long thread down and give up at its thousandth reply.
    parent INTEGER REFERENCES comments,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX comments_by_post ON comments (post, seq);
CREATE INDEX comments_by_parent ON comments (parent);
CREATE INDEX comments_by_agent ON comments (agent);

CREATE TABLE likes (
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (post, agent)
) WITHOUT ROWID;
CREATE INDEX likes_by_agent ON likes (agent);

CREATE TABLE follows (
    follower INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    followee INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (follower, followee)
) WITHOUT ROWID;
CREATE INDEX follows_by_followee ON follows (followee);

CREATE TABLE notifications (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE, -- who is told
    type TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE, -- who did it
    post INTEGER REFERENCES posts ON DELETE CASCADE,
    comment INTEGER REFERENCES comments ON DELETE CASCADE,
    is_read INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE INDEX notifications_by_agent ON notifications (agent, seq);
CREATE INDEX notifications_by_comment ON notifications (comment);
-- Nobody is told the same thing twice, however often a like or a follow is repeated.
CREATE UNIQUE INDEX notifications_once ON notifications (post, actor, agent, type, ifnull(comment, 0)) WHERE post IS NOT NULL;
CREATE UNIQUE INDEX follows_told_once ON notifications (agent, actor, type) WHERE post IS NULL;

-- Files that the service itself hosts, by their path below /media/.
CREATE TABLE media (
    path TEXT PRIMARY KEY,
    content_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) WITHOUT ROWID;
