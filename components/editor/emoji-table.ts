/** What people put into bug reports, by the names that GitHub, GitLab and Jira share. The first name is shown. */
const table = `
😀 grinning|😃 smiley|😄 smile|😁 grin|😅 sweat_smile|😂 joy|🙂 slightly_smiling_face|😉 wink|😊 blush|😍 heart_eyes|😎 sunglasses|🤔 thinking
😐 neutral_face|😑 expressionless|🙄 roll_eyes|😏 smirk|😴 sleeping|😕 confused|🙁 slightly_frowning_face|😟 worried|😢 cry|😭 sob|😤 triumph
😠 angry|😡 rage|🤯 exploding_head|😱 scream|😳 flushed|🥳 partying_face|🤖 robot|👻 ghost|💩 poop|🙈 see_no_evil|👍 +1 thumbsup|👎 -1 thumbsdown
👌 ok_hand|✌️ v|🤞 crossed_fingers|👏 clap|🙌 raised_hands|🙏 pray|💪 muscle|👋 wave|👀 eyes|👉 point_right|👈 point_left|👆 point_up_2|👇 point_down
🤝 handshake|🤷 shrug|🤦 facepalm|❤️ heart|💔 broken_heart|💯 100|💥 boom|✨ sparkles|⭐ star|🌟 star2|🔥 fire|🎉 tada|🎊 confetti_ball|🎈 balloon
🎯 dart|🏆 trophy|🥇 1st_place_medal|🚀 rocket|🐛 bug|🐞 lady_beetle|🐢 turtle|🐌 snail|🦄 unicorn|🐳 whale|🐙 octopus|🌍 earth_africa|☀️ sunny|☁️ cloud
⚡ zap|❄️ snowflake|🌈 rainbow|💧 droplet|☕ coffee|🍕 pizza|🍺 beer|🎂 cake|✅ white_check_mark|☑️ ballot_box_with_check|✔️ heavy_check_mark|❌ x
❎ negative_squared_cross_mark|⚠️ warning|🚨 rotating_light|⛔ no_entry|🚫 no_entry_sign|🛑 stop_sign|🚧 construction|❓ question|❔ grey_question
❗ exclamation|❕ grey_exclamation|ℹ️ information_source|💡 bulb|🔒 lock|🔓 unlock|🔑 key|🔐 closed_lock_with_key|🔍 mag|🔎 mag_right|🔗 link|📎 paperclip
📌 pushpin|📍 round_pushpin|📝 memo|📋 clipboard|📄 page_facing_up|📁 file_folder|📂 open_file_folder|📦 package|📊 bar_chart|📈 chart_with_upwards_trend
📉 chart_with_downwards_trend|📅 date|🗓️ spiral_calendar|⏰ alarm_clock|⏱️ stopwatch|⏳ hourglass_flowing_sand|⌛ hourglass|🕐 clock1|💻 computer
🖥️ desktop_computer|🖨️ printer|⌨️ keyboard|📱 iphone|📷 camera|🎥 movie_camera|📧 email|📨 incoming_envelope|📣 mega|🔔 bell|🔕 no_bell|🔧 wrench
🔨 hammer|🛠️ hammer_and_wrench|⚙️ gear|🧪 test_tube|🧹 broom|🗑️ wastebasket|♻️ recycle|🩹 adhesive_bandage|💾 floppy_disk|🗃️ card_file_box|🏷️ label
🔖 bookmark|🔀 twisted_rightwards_arrows|🔁 repeat|🔄 arrows_counterclockwise|⏪ rewind|⏩ fast_forward|▶️ arrow_forward|⏸️ pause_button|⏹️ stop_button
⬆️ arrow_up|⬇️ arrow_down|➡️ arrow_right|⬅️ arrow_left|↩️ leftwards_arrow_with_hook|🔙 back|🆕 new|🆗 ok|🆘 sos|➕ heavy_plus_sign|➖ heavy_minus_sign
🔴 red_circle|🟠 orange_circle|🟡 yellow_circle|🟢 green_circle|🔵 large_blue_circle|🟣 purple_circle|⚪ white_circle|⚫ black_circle|🔺 small_red_triangle
💬 speech_balloon|💭 thought_balloon|💤 zzz|👤 bust_in_silhouette|👥 busts_in_silhouette|🧑‍💻 technologist|👷 construction_worker|🕵️ detective|🏁 checkered_flag|🚩 triangular_flag_on_post
`;

const rows = table
  .trim()
  .split(/[|\n]/)
  .map((row) => {
    const [text = "", ...names] = row.split(" ");
    return { text, names };
  });

export type EmojiItem = { name: string; text: string };

/** The characters of each known name. */
export const emojiByName: ReadonlyMap<string, string> = new Map(
  rows.flatMap(({ text, names }) => names.map((name): [string, string] => [name, text])),
);

/** What begins like the query first, then what has it inside. */
export function findEmoji(query: string, most = 8): EmojiItem[] {
  const wanted = query.toLowerCase();
  const found = rows.flatMap(({ text, names }) => {
    const name = names.find((candidate) => candidate.startsWith(wanted)) ?? names.find((one) => one.includes(wanted));
    return name === undefined ? [] : [{ name, text }];
  });
  const begins = ({ name }: EmojiItem) => Number(!name.startsWith(wanted));
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, most);
}
