//! Every field of LINE's webhook is kept or dropped on purpose; a new one fails here until somebody
//! has decided. All of them stay in the event's JSON until it is unsent.

use std::collections::BTreeSet;

use serde_json::Value;

/// Understood: stored, shown or acted upon.
const KEPT: &str = "
    AccountLinkEvent.link AccountLinkEvent.replyToken ActivatedEvent.chatControl
    AudioMessageContent.contentProvider AudioMessageContent.duration BeaconContent.dm
    BeaconContent.hwid BeaconContent.type BeaconEvent.beacon BeaconEvent.replyToken
    CallbackRequest.events ChatControl.expireAt ContentProvider.originalContentUrl
    ContentProvider.type Emoji.emojiId Emoji.index Emoji.length Emoji.productId Event.mode
    Event.source Event.timestamp Event.type Event.webhookEventId FileMessageContent.fileName
    FileMessageContent.fileSize FollowDetail.isUnblocked FollowEvent.follow FollowEvent.replyToken
    GroupSource.groupId GroupSource.userId ImageMessageContent.contentProvider
    ImageMessageContent.imageSet ImageMessageContent.quoteToken ImageSet.id ImageSet.index
    ImageSet.total JoinEvent.replyToken JoinedMembers.members JoinedMembershipContent.membershipId
    LeftMembers.members LeftMembershipContent.membershipId LinkContent.result
    LocationMessageContent.address LocationMessageContent.latitude LocationMessageContent.longitude
    LocationMessageContent.title MemberJoinedEvent.joined MemberJoinedEvent.replyToken
    MemberLeftEvent.left MembershipContent.type MembershipEvent.membership
    MembershipEvent.replyToken Mention.mentionees Mentionee.index Mentionee.length Mentionee.type
    MessageContent.id MessageContent.type MessageEvent.message MessageEvent.replyToken
    PostbackContent.data PostbackContent.params PostbackEvent.postback PostbackEvent.replyToken
    RenewedMembershipContent.membershipId RoomSource.roomId RoomSource.userId Source.type
    StickerMessageContent.keywords StickerMessageContent.packageId StickerMessageContent.quoteToken
    StickerMessageContent.quotedMessageId StickerMessageContent.stickerId
    StickerMessageContent.stickerResourceType StickerMessageContent.text TextMessageContent.emojis
    TextMessageContent.mention TextMessageContent.quoteToken TextMessageContent.quotedMessageId
    TextMessageContent.text UnsendDetail.messageId UnsendEvent.unsend UserMentionee.isSelf
    UserMentionee.userId UserSource.userId VideoMessageContent.contentProvider
    VideoMessageContent.duration VideoMessageContent.quoteToken VideoPlayComplete.trackingId
    VideoPlayCompleteEvent.replyToken VideoPlayCompleteEvent.videoPlayComplete
";

/// In the event's JSON only: about the channel or its modules, single-use words of LINE that
/// nothing uses yet, and what the signature tells already.
const DROPPED: &str = "
    AttachedModuleContent.botId AttachedModuleContent.scopes AudioMessageContent.markAsReadToken
    CallbackRequest.destination ContentProvider.previewImageUrl DeliveryContext.isRedelivery
    DetachedModuleContent.botId DetachedModuleContent.reason Event.deliveryContext
    FileMessageContent.markAsReadToken ImageMessageContent.markAsReadToken LinkContent.nonce
    LocationMessageContent.markAsReadToken ModuleContent.type ModuleEvent.module PnpDelivery.data
    PnpDeliveryCompletionEvent.delivery StickerMessageContent.markAsReadToken
    TextMessageContent.markAsReadToken VideoMessageContent.markAsReadToken
";

#[test]
fn every_field_of_lines_webhook_is_kept_or_dropped_on_purpose() {
    let options = serde_saphyr::options! { strict_booleans: true };
    let yaml = include_str!("../../line/webhook.yml");
    let document: Value =
        serde_saphyr::from_str_with_options(yaml, options).expect("LINE's file is YAML");
    let schemas = document["components"]["schemas"].as_object();
    let mut fields = BTreeSet::new();
    for (name, schema) in schemas.expect("schemas") {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        for part in parts.chain([schema]) {
            let properties = part["properties"].as_object().into_iter().flatten();
            fields.extend(properties.map(|(field, _)| format!("{name}.{field}")));
        }
    }
    let decided = KEPT.split_whitespace().chain(DROPPED.split_whitespace());
    let decided: Vec<String> = decided.map(str::to_owned).collect();
    let distinct: BTreeSet<String> = decided.iter().cloned().collect();
    assert_eq!(
        distinct.len(),
        decided.len(),
        "one of them stands there twice"
    );
    assert_eq!(fields, distinct);
}
