//! Listings: how they are offered, found, changed and withdrawn.

use serde_json::{Value, json};

use super::{Market, ORDERS, REVIEWS, SERVICES, offer};
use crate::world::{World, each, text};

#[tokio::test]
async fn a_service_is_offered_shown_and_changed() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let offered = json!({
        "title": "AI Image Generation",
        "description": "I will generate high-quality images from your prompts",
        "shortDesc": "Custom AI images",
        "price": 500, "deliveryDays": 1, "revisions": 2, "category": "CREATIVE",
        "tags": ["ai-art", "image-generation"],
        "thumbnailUrl": "https://example.com/small.png", "images": ["https://example.com/1.png"],
    });
    let service = world.post(SERVICES, &ann, offered.clone()).await.ok(201);
    for (field, value) in offered.as_object().unwrap() {
        assert_eq!(&service[field], value, "{field}");
    }
    assert_eq!(
        (&service["agent"]["handle"], &service["isActive"], &service["featured"]),
        (&json!("ann"), &json!(true), &json!(false))
    );
    assert_eq!(
        (&service["avgRating"], &service["reviewCount"], &service["orderCount"]),
        (&json!(0.0), &json!(0), &json!(0))
    );

    world.pass(60);
    let path = format!("{SERVICES}/{}", text(&service, "id"));
    let change = json!({ "price": 750, "description": "Updated", "shortDesc": "", "thumbnailUrl": "", "images": [] });
    let changed = world.patch(&path, &ann, change).await.ok(200);
    assert_eq!(
        (&changed["price"], &changed["description"], &changed["title"], &changed["tags"]),
        (&json!(750), &json!("Updated"), &service["title"], &service["tags"])
    );
    assert_eq!(
        (&changed["shortDesc"], &changed["thumbnailUrl"], &changed["images"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert!(text(&changed, "updatedAt") > text(&changed, "createdAt"));
    for (words, found) in [("updated", 1), ("prompts", 0)] {
        let list = world.get(&format!("{SERVICES}?search={words}"), None).await.ok(200);
        assert_eq!(each(&list, "services", "id").len(), found, "{words}");
    }
    let seen = world.get(&path, None).await.ok(200);
    assert_eq!((&seen["price"], &seen["reviews"]), (&json!(750), &json!([])));
    assert_eq!(seen["agentStats"]["serviceCount"], 1);
}

#[tokio::test]
async fn what_may_be_left_out_has_a_default() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let least = json!({ "title": "T", "description": "D", "price": 1, "category": "OTHER" });
    let service = world.post(SERVICES, &ann, least).await.ok(201);
    assert_eq!(
        (&service["deliveryDays"], &service["revisions"], &service["tags"], &service["shortDesc"]),
        (&json!(7), &json!(1), &json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn a_bad_service_is_refused_by_the_name_of_the_field() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let good = json!({ "title": "T", "description": "D", "price": 500, "category": "OTHER" });
    let id = text(&world.post(SERVICES, &ann, good.clone()).await.ok(201), "id");
    for (field, bad, named) in [
        ("title", json!(" "), "title"),
        ("title", json!("é".repeat(101)), "101"),
        ("description", json!("é".repeat(5001)), "5001"),
        ("shortDesc", json!("é".repeat(201)), "201"),
        ("category", json!(""), "category"),
        ("price", json!(0), "price"),
        ("price", json!(-5), "price"),
        ("price", json!(5.5), "price"),
        ("price", json!("500"), "price"),
        ("price", json!(9e18), "price"),
        ("deliveryDays", json!(0), "deliveryDays"),
        ("revisions", json!(-1), "revisions"),
        ("tags", json!(["x", 1]), "tags[1]"),
        ("tags", json!(["x", ""]), "tags[1]"),
        ("thumbnailUrl", json!("ftp://x"), "thumbnailUrl"),
        ("images", json!(["https://example.com", "no"]), "images[1]"),
        ("images", json!(vec!["https://example.com"; 11]), "11"),
    ] {
        let mut draft = good.clone();
        draft[field] = bad.clone();
        let created = world.post(SERVICES, &ann, draft).await;
        let changed = world.patch(&format!("{SERVICES}/{id}"), &ann, json!({ field: bad })).await;
        for answer in [created, changed] {
            let message = answer.refused(400, "validation_error");
            assert!(message.contains(named), "{field}: {message}");
        }
    }
    for missing in ["title", "description", "price", "category"] {
        let mut draft = good.clone();
        draft.as_object_mut().unwrap().remove(missing);
        let message = world.post(SERVICES, &ann, draft).await.refused(400, "validation_error");
        assert!(message.contains(missing), "{message}");
    }
}

#[tokio::test]
async fn a_service_is_its_agents_own() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let path = format!("{SERVICES}/{}", offer(&world, &ann, "Mine", 5).await);
    world.patch(&path, &ben, json!({ "price": 1 })).await.refused(403, "forbidden");
    world.delete(&path, &ben).await.refused(403, "forbidden");
    world.patch(&path, None, json!({})).await.refused(401, "unauthorized");
    world.post(SERVICES, None, json!({})).await.refused(401, "unauthorized");
    let unknown = format!("{SERVICES}/unknown");
    world.get(&unknown, None).await.refused(404, "not_found");
    world.patch(&unknown, &ann, json!({})).await.refused(404, "not_found");
    world.delete(&unknown, &ann).await.refused(404, "not_found");
}

#[tokio::test]
async fn services_are_found_by_every_filter() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (title, price, category, tags) in [
        ("Oil painting", 100, "CREATIVE", vec!["art"]),
        ("Code review", 200, "CODE", vec!["rust"]),
        ("Rusty poems", 300, "CREATIVE", vec![]),
    ] {
        let service = json!({
            "title": title, "description": "Done well", "price": price, "category": category, "tags": tags,
        });
        world.post(SERVICES, &ann, service).await.ok(201);
    }
    for (query, titles) in [
        ("", vec!["Rusty poems", "Code review", "Oil painting"]),
        ("?category=CREATIVE", vec!["Rusty poems", "Oil painting"]),
        ("?category=NONE", vec![]),
        ("?search=RUST", vec!["Rusty poems", "Code review"]),
        ("?search=done", vec!["Rusty poems", "Code review", "Oil painting"]),
        ("?search=%25", vec![]),
        ("?search=%22%20OR%20%2A%20NEAR(%00", vec![]),
        ("?search=%20", vec!["Rusty poems", "Code review", "Oil painting"]),
        ("?search=well%20pain", vec!["Oil painting"]),
        ("?search=rust&sortBy=price&sortOrder=asc", vec!["Code review", "Rusty poems"]),
        ("?minPrice=200", vec!["Rusty poems", "Code review"]),
        ("?minPrice=200&maxPrice=200", vec!["Code review"]),
        ("?maxPrice=150&category=CREATIVE&search=oil&featured=false", vec!["Oil painting"]),
        ("?featured=true", vec![]),
    ] {
        let answer = world.get(&format!("{SERVICES}{query}"), None).await.ok(200);
        assert_eq!(each(&answer, "services", "title"), titles, "{query}");
    }
    for (query, named) in [
        ("sortBy=name", "createdAt"),
        ("sortOrder=up", "desc"),
        ("minPrice=x", "digit"),
        ("featured=maybe", "true"),
        ("minPrice=5&maxPrice=4", "minPrice"),
    ] {
        let answer = world.get(&format!("{SERVICES}?{query}"), None).await;
        let message = answer.refused(400, "validation_error");
        assert!(message.contains(named), "{query}: {message}");
    }
}

#[tokio::test]
async fn every_order_of_the_list_pages_without_loss_also_among_equals() {
    let market = Market::new().await;
    let (world, ann) = (&market.world, &market.seller);
    for (title, price) in [("a", 300), ("b", 100), ("c", 300), ("d", 200), ("e", 300)] {
        offer(world, ann, title, price).await;
    }
    // One order and one review, so that not all counts and ratings are equal.
    let order = market.completed().await;
    let review = json!({ "orderId": order, "rating": 4 });
    world.post(REVIEWS, &market.buyer, review).await.ok(201);

    for (sort, up) in [
        ("createdAt", ["Painting", "a", "b", "c", "d", "e"]),
        ("price", ["b", "d", "a", "c", "e", "Painting"]),
        ("avgRating", ["a", "b", "c", "d", "e", "Painting"]),
        ("orderCount", ["a", "b", "c", "d", "e", "Painting"]),
    ] {
        let down: Vec<&str> = up.iter().rev().copied().collect();
        for (order, expected) in [("asc", up.to_vec()), ("desc", down)] {
            for filter in ["", "&category=CREATIVE", "&search=hand"] {
                let path = format!("{SERVICES}?limit=2&sortBy={sort}&sortOrder={order}{filter}");
                let mut found = Vec::new();
                let mut page = world.get(&path, None).await.ok(200);
                loop {
                    found.extend(each(&page, "services", "title"));
                    let Some(cursor) = page["nextCursor"].as_str() else { break };
                    page = world.get(&format!("{path}&cursor={cursor}"), None).await.ok(200);
                }
                assert_eq!(found, expected, "{path}");
            }
        }
    }
    let first = world.get(&format!("{SERVICES}?limit=2&sortBy=price"), None).await.ok(200);
    let cursor = text(&first, "nextCursor");
    for other in ["sortBy=createdAt", "sortBy=price&sortOrder=asc", "sortBy=avgRating"] {
        let answer = world.get(&format!("{SERVICES}?{other}&cursor={cursor}"), None).await;
        answer.refused(400, "validation_error");
    }
}

#[tokio::test]
async fn a_service_with_active_orders_is_deactivated_instead_of_deleted() {
    let market = Market::new().await;
    let world = &market.world;
    let path = format!("{SERVICES}/{}", market.service);
    let order = market.paid().await;
    let answer = world.delete(&path, &market.seller).await.ok(200);
    assert_eq!(answer["deactivated"], true);
    assert_eq!(market.service().await["isActive"], false);
    assert_eq!(world.get(SERVICES, None).await.ok(200)["services"], json!([]));
    let again = json!({ "serviceId": market.service, "paymentMethod": "CARD" });
    let message = world.post(ORDERS, &market.buyer, again).await.refused(409, "conflict");
    assert!(message.contains("not active"), "{message}");

    market.act(&market.seller, &order, "start").await.ok(200);
    market.act(&market.seller, &order, "deliver").await.ok(200);
    market.act(&market.buyer, &order, "accept").await.ok(200);
    world.delete(&path, &market.seller).await.ok(204);
    world.get(&path, None).await.refused(404, "not_found");
    let kept = market.order(&order).await;
    assert_eq!((&kept["serviceId"], &kept["title"]), (&Value::Null, &json!("Painting")));
}
