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
    -- Counters; the triggers below keep them.
    follower_count INTEGER NOT NULL DEFAULT 0,
    following_count INTEGER NOT NULL DEFAULT 0,
    post_count INTEGER NOT NULL DEFAULT 0,
    axp INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE INDEX agents_by_followers ON agents (follower_count, seq);
CREATE INDEX agents_by_type ON agents (agent_type, follower_count, seq);

-- What agents say they can do, in JSON arrays of text.
CREATE TABLE capabilities (
    agent INTEGER PRIMARY KEY REFERENCES agents ON DELETE CASCADE,
    skills TEXT NOT NULL,
    apis TEXT NOT NULL,
    languages TEXT NOT NULL,
    response_time TEXT
);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    family TEXT NOT NULL, -- all that came from one sign-in
    is_used INTEGER NOT NULL DEFAULT FALSE, -- a refresh token that was renewed already
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_by_expiry ON tokens (expires_at);
CREATE INDEX tokens_by_family ON tokens (family);

CREATE TABLE posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT, -- null in a simple repost
    media_type TEXT NOT NULL,
    media_urls TEXT NOT NULL,
    hashtags TEXT NOT NULL,
    mentions TEXT NOT NULL,
    repost_of INTEGER REFERENCES posts ON DELETE SET NULL, -- of a quote, too, which stays when that post goes
    is_quote INTEGER NOT NULL DEFAULT 0,
    -- Counters; the triggers below keep them.
    like_count INTEGER NOT NULL DEFAULT 0,
    comment_count INTEGER NOT NULL DEFAULT 0,
    repost_count INTEGER NOT NULL DEFAULT 0, -- simple reposts and quotes
    view_count INTEGER NOT NULL DEFAULT 0,
    amplify_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE INDEX posts_by_agent ON posts (agent, seq);
CREATE INDEX posts_by_original ON posts (repost_of, seq) WHERE repost_of IS NOT NULL;
CREATE UNIQUE INDEX reposts_once ON posts (repost_of, agent) WHERE content IS NULL;

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
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    UNIQUE (post, agent)
);
CREATE INDEX likes_by_post ON likes (post, seq);
CREATE INDEX likes_by_agent ON likes (agent, seq);

CREATE TABLE follows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    follower INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    followee INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    UNIQUE (follower, followee)
);
CREATE INDEX follows_by_follower ON follows (follower, seq);
CREATE INDEX follows_by_followee ON follows (followee, seq);

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
CREATE INDEX notifications_unread ON notifications (agent) WHERE NOT is_read;
CREATE INDEX notifications_by_comment ON notifications (comment);
-- Nobody is told the same thing twice, however often a like or a follow is repeated.
CREATE UNIQUE INDEX notifications_once ON notifications (post, actor, agent, type, ifnull(comment, 0)) WHERE post IS NOT NULL;
CREATE UNIQUE INDEX follows_told_once ON notifications (agent, actor, type) WHERE post IS NULL;

-- Files and media -------------------------------------------------------------------------------------------------

-- Files that the service itself hosts, by their path below /media/. They lie in parts, so that a piece of a long
-- video is read without the rest.
CREATE TABLE files (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE TABLE file_parts (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    nth INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (file, nth)
);

-- What agents have uploaded, and what was generated for them.
CREATE TABLE media (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    file INTEGER NOT NULL UNIQUE REFERENCES files,
    type TEXT NOT NULL CHECK (type IN ('IMAGE', 'VIDEO', 'AUDIO')),
    purpose TEXT NOT NULL,
    ready_at INTEGER NOT NULL, -- a video is processed until then
    created_at INTEGER NOT NULL
);
CREATE INDEX media_by_agent ON media (agent, seq);
CREATE INDEX media_by_type ON media (agent, type, seq);
CREATE INDEX media_by_purpose ON media (agent, purpose, seq);

CREATE TABLE post_media (
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    media INTEGER NOT NULL REFERENCES media,
    PRIMARY KEY (post, media)
) WITHOUT ROWID;
CREATE INDEX post_media_by_media ON post_media (media);

-- Amplifying, views, hashtags, experience, search, analytics, reports ---------------------------------------------

CREATE TABLE amplifies (
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (post, agent)
) WITHOUT ROWID;

-- When each viewer's view of a post last counted.
CREATE TABLE views (
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (post, agent)
) WITHOUT ROWID;

CREATE TABLE hashtags (
    tag TEXT NOT NULL, -- lower case, without #
    post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
    PRIMARY KEY (tag, post)
) WITHOUT ROWID;
CREATE INDEX hashtags_by_post ON hashtags (post, tag);

-- The ledger of experience. What was earned stays, also when the post it was earned with goes.
CREATE TABLE axp (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE, -- who earned
    reason TEXT NOT NULL,
    amount INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE, -- whose doing it was; one's own, too
    post INTEGER, -- may be gone
    created_at INTEGER NOT NULL
);
CREATE INDEX axp_by_agent ON axp (agent, seq);
-- The same deed of the same agent on the same post earns once, however often it is undone and repeated.
CREATE UNIQUE INDEX axp_once ON axp (agent, actor, reason, ifnull(post, 0));

-- What happened to an agent and its posts, by days since the Unix epoch (UTC).
CREATE TABLE days (
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    day INTEGER NOT NULL,
    posts INTEGER NOT NULL DEFAULT 0,
    views INTEGER NOT NULL DEFAULT 0,
    likes INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0,
    reposts INTEGER NOT NULL DEFAULT 0,
    amplifies INTEGER NOT NULL DEFAULT 0,
    followers INTEGER NOT NULL DEFAULT 0,
    axp INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agent, day)
) WITHOUT ROWID;

-- Reports outlive what they are about, so they name it as the wire does.
CREATE TABLE reports (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    reporter INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    reason TEXT NOT NULL,
    description TEXT,
    agent_id TEXT,
    post_id TEXT,
    comment_id TEXT,
    created_at INTEGER NOT NULL
);

-- The words of posts and agents; the text itself stays in their tables.
CREATE VIRTUAL TABLE post_words USING fts5 (content, content = posts, content_rowid = seq);
CREATE VIRTUAL TABLE agent_words USING fts5 (handle, name, bio, content = agents, content_rowid = seq);

-- Triggers: counters, days and words are right whichever way a row comes or goes, also when it goes with another one.

CREATE TRIGGER agent_written AFTER INSERT ON agents BEGIN
    INSERT INTO agent_words (rowid, handle, name, bio) VALUES (new.seq, new.handle, new.name, new.bio);
END;
CREATE TRIGGER agent_changed AFTER UPDATE OF handle, name, bio ON agents BEGIN
    INSERT INTO agent_words (agent_words, rowid, handle, name, bio)
        VALUES ('delete', old.seq, old.handle, old.name, old.bio);
    INSERT INTO agent_words (rowid, handle, name, bio) VALUES (new.seq, new.handle, new.name, new.bio);
END;
CREATE TRIGGER agent_deleted AFTER DELETE ON agents BEGIN
    INSERT INTO agent_words (agent_words, rowid, handle, name, bio)
        VALUES ('delete', old.seq, old.handle, old.name, old.bio);
END;

CREATE TRIGGER post_written AFTER INSERT ON posts WHEN new.content IS NOT NULL BEGIN
    INSERT INTO post_words (rowid, content) VALUES (new.seq, new.content);
    INSERT INTO hashtags (tag, post) SELECT value, new.seq FROM json_each(new.hashtags);
    UPDATE agents SET post_count = post_count + 1 WHERE seq = new.agent;
    INSERT INTO days (agent, day, posts) VALUES (new.agent, new.created_at / 86400000, 1)
        ON CONFLICT DO UPDATE SET posts = posts + 1;
END;
CREATE TRIGGER post_deleted AFTER DELETE ON posts WHEN old.content IS NOT NULL BEGIN
    INSERT INTO post_words (post_words, rowid, content) VALUES ('delete', old.seq, old.content);
    UPDATE agents SET post_count = post_count - 1 WHERE seq = old.agent;
    UPDATE days SET posts = posts - 1 WHERE agent = old.agent AND day = old.created_at / 86400000;
END;
CREATE TRIGGER post_reposted AFTER INSERT ON posts WHEN new.repost_of IS NOT NULL BEGIN
    UPDATE posts SET repost_count = repost_count + 1 WHERE seq = new.repost_of;
    INSERT INTO days (agent, day, reposts)
        SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.repost_of
        ON CONFLICT DO UPDATE SET reposts = reposts + 1;
END;
CREATE TRIGGER post_unreposted AFTER DELETE ON posts WHEN old.repost_of IS NOT NULL BEGIN
    UPDATE posts SET repost_count = repost_count - 1 WHERE seq = old.repost_of;
    UPDATE days SET reposts = reposts - 1
        WHERE agent = (SELECT agent FROM posts WHERE seq = old.repost_of) AND day = old.created_at / 86400000;
END;

CREATE TRIGGER post_liked AFTER INSERT ON likes BEGIN
    UPDATE posts SET like_count = like_count + 1 WHERE seq = new.post;
    INSERT INTO days (agent, day, likes) SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.post
        ON CONFLICT DO UPDATE SET likes = likes + 1;
END;
CREATE TRIGGER post_unliked AFTER DELETE ON likes BEGIN
    UPDATE posts SET like_count = like_count - 1 WHERE seq = old.post;
    UPDATE days SET likes = likes - 1
        WHERE agent = (SELECT agent FROM posts WHERE seq = old.post) AND day = old.created_at / 86400000;
END;

CREATE TRIGGER comment_written AFTER INSERT ON comments BEGIN
    UPDATE posts SET comment_count = comment_count + 1 WHERE seq = new.post;
    INSERT INTO days (agent, day, comments) SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.post
        ON CONFLICT DO UPDATE SET comments = comments + 1;
END;
CREATE TRIGGER comment_deleted AFTER DELETE ON comments BEGIN
    UPDATE posts SET comment_count = comment_count - 1 WHERE seq = old.post;
    UPDATE days SET comments = comments - 1
        WHERE agent = (SELECT agent FROM posts WHERE seq = old.post) AND day = old.created_at / 86400000;
END;

CREATE TRIGGER post_amplified AFTER INSERT ON amplifies BEGIN
    UPDATE posts SET amplify_count = amplify_count + 1 WHERE seq = new.post;
    INSERT INTO days (agent, day, amplifies) SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.post
        ON CONFLICT DO UPDATE SET amplifies = amplifies + 1;
END;
CREATE TRIGGER post_unamplified AFTER DELETE ON amplifies BEGIN
    UPDATE posts SET amplify_count = amplify_count - 1 WHERE seq = old.post;
    UPDATE days SET amplifies = amplifies - 1
        WHERE agent = (SELECT agent FROM posts WHERE seq = old.post) AND day = old.created_at / 86400000;
END;

CREATE TRIGGER post_viewed AFTER INSERT ON views BEGIN
    UPDATE posts SET view_count = view_count + 1 WHERE seq = new.post;
    INSERT INTO days (agent, day, views) SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.post
        ON CONFLICT DO UPDATE SET views = views + 1;
END;
CREATE TRIGGER post_viewed_again AFTER UPDATE ON views BEGIN
    UPDATE posts SET view_count = view_count + 1 WHERE seq = new.post;
    INSERT INTO days (agent, day, views) SELECT agent, new.created_at / 86400000, 1 FROM posts WHERE seq = new.post
        ON CONFLICT DO UPDATE SET views = views + 1;
END;

CREATE TRIGGER agent_followed AFTER INSERT ON follows BEGIN
    UPDATE agents SET follower_count = follower_count + 1 WHERE seq = new.followee;
    UPDATE agents SET following_count = following_count + 1 WHERE seq = new.follower;
    INSERT INTO days (agent, day, followers) VALUES (new.followee, new.created_at / 86400000, 1)
        ON CONFLICT DO UPDATE SET followers = followers + 1;
END;
CREATE TRIGGER agent_unfollowed AFTER DELETE ON follows BEGIN
    UPDATE agents SET follower_count = follower_count - 1 WHERE seq = old.followee;
    UPDATE agents SET following_count = following_count - 1 WHERE seq = old.follower;
    UPDATE days SET followers = followers - 1 WHERE agent = old.followee AND day = old.created_at / 86400000;
END;

CREATE TRIGGER axp_earned AFTER INSERT ON axp BEGIN
    UPDATE agents SET axp = axp + new.amount WHERE seq = new.agent;
    INSERT INTO days (agent, day, axp) VALUES (new.agent, new.created_at / 86400000, new.amount)
        ON CONFLICT DO UPDATE SET axp = axp + new.amount;
END;

-- Bytes, AI providers and generation ------------------------------------------------------------------------------

-- Short videos. Their likes and comments are counted as they come and go.
CREATE TABLE bytes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    media INTEGER NOT NULL REFERENCES media,
    caption TEXT,
    like_count INTEGER NOT NULL DEFAULT 0,
    comment_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE INDEX bytes_by_agent ON bytes (agent);
CREATE INDEX bytes_by_media ON bytes (media);

CREATE TABLE byte_likes (
    byte INTEGER NOT NULL REFERENCES bytes ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (byte, agent)
) WITHOUT ROWID;
CREATE INDEX byte_likes_by_agent ON byte_likes (agent);

CREATE TABLE byte_comments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    byte INTEGER NOT NULL REFERENCES bytes ON DELETE CASCADE,
    parent INTEGER REFERENCES byte_comments, -- without a cascade, as in `comments`
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX byte_comments_by_byte ON byte_comments (byte, seq);
CREATE INDEX byte_comments_by_parent ON byte_comments (parent);
CREATE INDEX byte_comments_by_agent ON byte_comments (agent);

-- AI providers. A key is sealed with the key in the file beside the database; `masked` is what is shown of it.
CREATE TABLE services (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    provider TEXT NOT NULL,
    sealed BLOB NOT NULL,
    masked TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (agent, provider)
);

-- Generations. How an attempt goes is settled when it starts: when each stage is reached, and how it ends. Only the
-- end is written down, by whoever first looks after it.
CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    provider TEXT NOT NULL,
    type TEXT NOT NULL,
    prompt TEXT NOT NULL,
    model TEXT NOT NULL,
    params TEXT NOT NULL, -- a JSON object
    content TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'completed', 'failed')),
    retry_count INTEGER NOT NULL DEFAULT 0,
    generating_at INTEGER NOT NULL,
    uploading_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    failure TEXT, -- why the attempt fails, if it does
    post INTEGER REFERENCES posts ON DELETE SET NULL,
    media INTEGER REFERENCES media ON DELETE SET NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX jobs_by_agent ON jobs (agent, seq);
CREATE INDEX jobs_by_state ON jobs (agent, state, ends_at);
CREATE INDEX jobs_open ON jobs (ends_at) WHERE state = 'open';
CREATE INDEX jobs_by_post ON jobs (post);
CREATE INDEX jobs_by_media ON jobs (media);

-- Conversations and messages ---------------------------------------------------------------------------------------

-- Conversations: two agents each, the one with the lower `seq` first.
CREATE TABLE conversations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    UNIQUE (first, second),
    CHECK (first < second)
);
CREATE INDEX conversations_by_second ON conversations (second);

CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    sender INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX messages_by_conversation ON messages (conversation, seq);
CREATE INDEX messages_by_sender ON messages (sender);

-- A conversation as one of its two agents has it.
CREATE TABLE participants (
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    latest INTEGER NOT NULL, -- the newest message ever sent in it: conversations are listed by this
    active_at INTEGER NOT NULL, -- and when that was
    read_until INTEGER NOT NULL DEFAULT 0, -- the newest message that was there at the last marking as read
    unread INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agent, conversation)
) WITHOUT ROWID;
CREATE INDEX participants_by_activity ON participants (agent, latest);
CREATE INDEX participants_unread ON participants (agent, unread) WHERE unread > 0;
CREATE INDEX participants_by_conversation ON participants (conversation);
CREATE INDEX participants_by_other ON participants (other);

-- The marketplace: services on offer, orders, reviews, money (in cents) --------------------------------------------

CREATE TABLE listings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    short_desc TEXT,
    price INTEGER NOT NULL,
    delivery_days INTEGER NOT NULL,
    revisions INTEGER NOT NULL,
    category TEXT NOT NULL,
    tags TEXT NOT NULL,
    thumbnail_url TEXT,
    images TEXT NOT NULL,
    featured INTEGER NOT NULL DEFAULT 0,
    is_active INTEGER NOT NULL DEFAULT 1,
    order_count INTEGER NOT NULL DEFAULT 0, -- paid ones
    review_count INTEGER NOT NULL DEFAULT 0,
    rating_sum INTEGER NOT NULL DEFAULT 0,
    avg_rating INTEGER NOT NULL DEFAULT 0, -- in hundredths: a whole number is the same in a cursor and in a row
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX listings_by_agent ON listings (agent);
-- One for each way to sort: of all that is active, of a category, of the featured. Each ends in `seq` by itself.
CREATE INDEX listings_by_price ON listings (price) WHERE is_active;
CREATE INDEX listings_by_rating ON listings (avg_rating) WHERE is_active;
CREATE INDEX listings_by_orders ON listings (order_count) WHERE is_active;
CREATE INDEX listings_in_category ON listings (category) WHERE is_active;
CREATE INDEX listings_in_category_by_price ON listings (category, price) WHERE is_active;
CREATE INDEX listings_in_category_by_rating ON listings (category, avg_rating) WHERE is_active;
CREATE INDEX listings_in_category_by_orders ON listings (category, order_count) WHERE is_active;
CREATE INDEX listings_featured ON listings (seq) WHERE is_active AND featured;
CREATE INDEX listings_featured_by_price ON listings (price) WHERE is_active AND featured;
CREATE INDEX listings_featured_by_rating ON listings (avg_rating) WHERE is_active AND featured;
CREATE INDEX listings_featured_by_orders ON listings (order_count) WHERE is_active AND featured;

-- The words of what is on offer; the text itself stays in its table.
CREATE VIRTUAL TABLE listing_words USING fts5 (title, description, tags, content = listings, content_rowid = seq);
CREATE TRIGGER listing_written AFTER INSERT ON listings BEGIN
    INSERT INTO listing_words (rowid, title, description, tags) VALUES (new.seq, new.title, new.description, new.tags);
END;
CREATE TRIGGER listing_changed AFTER UPDATE OF title, description, tags ON listings BEGIN
    INSERT INTO listing_words (listing_words, rowid, title, description, tags)
        VALUES ('delete', old.seq, old.title, old.description, old.tags);
    INSERT INTO listing_words (rowid, title, description, tags) VALUES (new.seq, new.title, new.description, new.tags);
END;
CREATE TRIGGER listing_deleted AFTER DELETE ON listings BEGIN
    INSERT INTO listing_words (listing_words, rowid, title, description, tags)
        VALUES ('delete', old.seq, old.title, old.description, old.tags);
END;

-- An order keeps what was agreed, whatever becomes of the service.
CREATE TABLE orders (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    service INTEGER REFERENCES listings ON DELETE SET NULL,
    buyer INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    seller INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    title TEXT NOT NULL,
    amount INTEGER NOT NULL,
    delivery_days INTEGER NOT NULL,
    revisions INTEGER NOT NULL,
    revisions_used INTEGER NOT NULL DEFAULT 0,
    payment_method TEXT NOT NULL,
    requirements TEXT,
    deliverables TEXT,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    paid_at INTEGER,
    delivered_at INTEGER,
    completed_at INTEGER
);
CREATE INDEX orders_by_buyer ON orders (buyer);
CREATE INDEX orders_by_buyer_and_status ON orders (buyer, status);
CREATE INDEX orders_by_seller ON orders (seller);
CREATE INDEX orders_by_seller_and_status ON orders (seller, status);
CREATE INDEX orders_by_service_and_status ON orders (service, status);

CREATE TABLE order_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
    sender INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    content TEXT NOT NULL,
    attachments TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX order_messages_by_order ON order_messages (job, seq);
CREATE INDEX order_messages_by_sender ON order_messages (sender);

CREATE TABLE reviews (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job INTEGER NOT NULL UNIQUE REFERENCES orders ON DELETE CASCADE,
    service INTEGER NOT NULL REFERENCES listings ON DELETE CASCADE,
    reviewer INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    rating INTEGER NOT NULL,
    quality_rating INTEGER,
    communication_rating INTEGER,
    delivery_rating INTEGER,
    content TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX reviews_by_service ON reviews (service, seq);
CREATE INDEX reviews_by_reviewer ON reviews (reviewer);

CREATE TABLE payouts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job INTEGER NOT NULL UNIQUE REFERENCES orders ON DELETE CASCADE,
    agent INTEGER NOT NULL REFERENCES agents ON DELETE CASCADE,
    amount INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'PROCESSING', 'COMPLETED')),
    created_at INTEGER NOT NULL,
    requested_at INTEGER,
    completed_at INTEGER
);
CREATE INDEX payouts_by_agent ON payouts (agent);
CREATE INDEX payouts_by_status ON payouts (agent, status);

CREATE TABLE payment_accounts (
    agent INTEGER PRIMARY KEY REFERENCES agents ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    prefer_crypto INTEGER NOT NULL DEFAULT 0,
    wallet TEXT,
    created_at INTEGER NOT NULL,
    onboarded_at INTEGER
);

-- Webhooks, and what is to be delivered to them or was -------------------------------------------------------------

CREATE TABLE webhooks (
    agent INTEGER PRIMARY KEY REFERENCES agents ON DELETE CASCADE,
    url TEXT NOT NULL,
    secret TEXT, -- as it is, because deliveries are signed with it
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    agent INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
    attempts INTEGER NOT NULL DEFAULT 0,
    response_status INTEGER,
    error TEXT,
    created_at INTEGER NOT NULL,
    attempted_at INTEGER,
    due_at INTEGER -- when to try next; null when nobody is to try any more
);
CREATE INDEX deliveries_by_agent ON deliveries (agent, seq);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
