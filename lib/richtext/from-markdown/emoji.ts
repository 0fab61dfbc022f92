/** The emoji that people write by name on GitHub and GitLab. A name that is not here stays text. */
const common = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|clap 👏|pray 🙏|raised_hands 🙌|wave 👋|muscle 💪|point_up ☝️|point_up_2 👆
point_down 👇|point_left 👈|point_right 👉|raised_hand ✋|hand ✋|v ✌️|crossed_fingers 🤞|handshake 🤝|fist ✊|facepunch 👊
punch 👊|metal 🤘|call_me_hand 🤙|writing_hand ✍️|open_hands 👐|palms_up_together 🤲|vulcan_salute 🖖|pinching_hand 🤏
smile 😄|smiley 😃|grinning 😀|grin 😁|laughing 😆|satisfied 😆|joy 😂|rofl 🤣|slightly_smiling_face 🙂|wink 😉|blush 😊
innocent 😇|heart_eyes 😍|kissing_heart 😘|yum 😋|stuck_out_tongue 😛|stuck_out_tongue_winking_eye 😜|zany_face 🤪|hugs 🤗
thinking 🤔|zipper_mouth_face 🤐|raised_eyebrow 🤨|neutral_face 😐|expressionless 😑|no_mouth 😶|smirk 😏|unamused 😒
roll_eyes 🙄|grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|nauseated_face 🤢|vomiting_face 🤮|dizzy_face 😵
exploding_head 🤯|partying_face 🥳|sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|slightly_frowning_face 🙁|frowning_face ☹️
open_mouth 😮|astonished 😲|flushed 😳|pleading_face 🥺|fearful 😨|cold_sweat 😰|cry 😢|sob 😭|scream 😱|disappointed 😞
sweat 😓|sweat_smile 😅|weary 😩|tired_face 😫|rage 😡|pout 😡|angry 😠|cursing_face 🤬|smiling_imp 😈|skull 💀|poop 💩|hankey 💩
shit 💩|clown_face 🤡|ghost 👻|alien 👽|robot 🤖|see_no_evil 🙈|hear_no_evil 🙉|speak_no_evil 🙊|facepalm 🤦|shrug 🤷
upside_down_face 🙃|melting_face 🫠|saluting_face 🫡|smiling_face_with_tear 🥲|triumph 😤|persevere 😣|confounded 😖|anguished 😧
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|black_heart 🖤|white_heart 🤍|broken_heart 💔
sparkling_heart 💖|heartbeat 💓|two_hearts 💕|100 💯|1234 🔢|boom 💥|collision 💥|dizzy 💫|sweat_drops 💦|dash 💨|zzz 💤|fire 🔥|sparkles ✨
star ⭐|star2 🌟|zap ⚡|rainbow 🌈|sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|snowman ⛄|ocean 🌊|droplet 💧|earth_africa 🌍
earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐|moon 🌔|seedling 🌱|evergreen_tree 🌲|deciduous_tree 🌳|palm_tree 🌴
cactus 🌵|herb 🌿|four_leaf_clover 🍀|maple_leaf 🍁|mushroom 🍄|rose 🌹|sunflower 🌻|bouquet 💐|cherry_blossom 🌸
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|1st_place_medal 🥇|2nd_place_medal 🥈|3rd_place_medal 🥉|medal_sports 🏅
crown 👑|gem 💎|moneybag 💰|dollar 💵|credit_card 💳|beer 🍺|beers 🍻|coffee ☕|tea 🍵|wine_glass 🍷|cake 🍰|birthday 🎂|cookie 🍪
pizza 🍕|hamburger 🍔|popcorn 🍿|apple 🍎|banana 🍌|lemon 🍋|avocado 🥑|hot_pepper 🌶️|doughnut 🍩|icecream 🍦|taco 🌮|champagne 🍾
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|heavy_multiplication_x ✖️
warning ⚠️|no_entry ⛔|no_entry_sign 🚫|stop_sign 🛑|rotating_light 🚨|construction 🚧|exclamation ❗|heavy_exclamation_mark ❗|question ❓
grey_exclamation ❕|grey_question ❔|bangbang ‼️|interrobang ⁉️|information_source ℹ️|red_circle 🔴|orange_circle 🟠|yellow_circle 🟡
green_circle 🟢|large_blue_circle 🔵|blue_circle 🔵|purple_circle 🟣|brown_circle 🟤|black_circle ⚫|white_circle ⚪|red_square 🟥
orange_square 🟧|yellow_square 🟨|green_square 🟩|blue_square 🟦|purple_square 🟪|black_large_square ⬛|white_large_square ⬜
small_red_triangle 🔺|small_blue_diamond 🔹|large_blue_diamond 🔷|small_orange_diamond 🔸|large_orange_diamond 🔶|radio_button 🔘
heavy_plus_sign ➕|heavy_minus_sign ➖|heavy_division_sign ➗|infinity ♾️|recycle ♻️|copyright ©️|registered ®️|tm ™️|new 🆕|up 🆙
ok 🆗|cool 🆒|free 🆓|sos 🆘|ng 🆖|top 🔝|soon 🔜|back 🔙|end 🔚|on 🔛|arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️
arrow_upper_right ↗️|arrow_lower_right ↘️|arrow_up_down ↕️|left_right_arrow ↔️|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️
arrow_forward ▶️|arrow_backward ◀️|arrow_double_up ⏫|arrow_double_down ⏬|fast_forward ⏩|rewind ⏪|repeat 🔁|arrows_counterclockwise 🔄
arrows_clockwise 🔃|twisted_rightwards_arrows 🔀|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|zero 0️⃣
keycap_ten 🔟|hash #️⃣|a 🅰️|b 🅱️|o 🅾️|m Ⓜ️|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|black_flag 🏴|rainbow_flag 🏳️‍🌈
bug 🐛|beetle 🪲|ant 🐜|bee 🐝|ladybug 🐞|spider 🕷️|spider_web 🕸️|snail 🐌|turtle 🐢|snake 🐍|octopus 🐙|crab 🦀|whale 🐳|whale2 🐋|dolphin 🐬
fish 🐟|shark 🦈|penguin 🐧|bird 🐦|eagle 🦅|owl 🦉|duck 🦆|chicken 🐔|hatched_chick 🐥|dog 🐶|cat 🐱|mouse 🐭|hamster 🐹|rabbit 🐰
fox_face 🦊|bear 🐻|panda_face 🐼|koala 🐨|tiger 🐯|lion 🦁|cow 🐮|pig 🐷|frog 🐸|monkey 🐒|monkey_face 🐵|gorilla 🦍|horse 🐴|unicorn 🦄
elephant 🐘|goat 🐐|sheep 🐑|camel 🐫|llama 🦙|sloth 🦥|otter 🦦|t-rex 🦖|sauropod 🦕|dragon 🐉|paw_prints 🐾|feet 🐾|dragon_face 🐲
rocket 🚀|ship 🚢|anchor ⚓|airplane ✈️|helicopter 🚁|car 🚗|red_car 🚗|bus 🚌|ambulance 🚑|truck 🚚|articulated_lorry 🚛|tractor 🚜
bike 🚲|train 🚋|steam_locomotive 🚂|traffic_light 🚥|vertical_traffic_light 🚦|fuelpump ⛽|flying_saucer 🛸|satellite 📡|house 🏠
office 🏢|hospital 🏥|factory 🏭|bank 🏦|school 🏫|tent ⛺|statue_of_liberty 🗽|world_map 🗺️|compass 🧭
wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|hammer_and_pick ⚒️|nut_and_bolt 🔩|gear ⚙️|screwdriver 🪛|toolbox 🧰|axe 🪓|pick ⛏️|magnet 🧲
key 🔑|old_key 🗝️|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|lock_with_ink_pen 🔏|shield 🛡️|bomb 💣|gun 🔫|knife 🔪|hocho 🔪|dagger 🗡️
crossed_swords ⚔️|bow_and_arrow 🏹|link 🔗|paperclip 📎|paperclips 🖇️|pushpin 📌|round_pushpin 📍|scissors ✂️|triangular_ruler 📐
straight_ruler 📏|pencil 📝|memo 📝|pencil2 ✏️|black_nib ✒️|paintbrush 🖌️|crayon 🖍️|art 🎨|lipstick 💄|package 📦|inbox_tray 📥
outbox_tray 📤|mailbox 📫|email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨|love_letter 💌|postbox 📮|label 🏷️|bookmark 🔖
bookmark_tabs 📑|book 📖|open_book 📖|books 📚|notebook 📓|ledger 📒|closed_book 📕|green_book 📗|blue_book 📘|orange_book 📙
page_facing_up 📄|page_with_curl 📃|scroll 📜|newspaper 📰|clipboard 📋|calendar 📆|date 📅|spiral_calendar 🗓️|card_index 📇
card_index_dividers 🗂️|file_folder 📁|open_file_folder 📂|file_cabinet 🗄️|wastebasket 🗑️|chart_with_upwards_trend 📈
chart_with_downwards_trend 📉|bar_chart 📊|abacus 🧮|mag 🔍|mag_right 🔎|microscope 🔬|telescope 🔭|test_tube 🧪|petri_dish 🧫|dna 🧬
alembic ⚗️|syringe 💉|pill 💊|adhesive_bandage 🩹|stethoscope 🩺|thermometer 🌡️|bulb 💡|flashlight 🔦|candle 🕯️|battery 🔋
electric_plug 🔌|computer 💻|desktop_computer 🖥️|keyboard ⌨️|computer_mouse 🖱️|printer 🖨️|floppy_disk 💾|cd 💿|dvd 📀|minidisc 💽
iphone 📱|calling 📲|phone ☎️|telephone ☎️|telephone_receiver 📞|fax 📠|tv 📺|camera 📷|camera_flash 📸|video_camera 📹|movie_camera 🎥
film_strip 🎞️|clapper 🎬|projector 📽️|mute 🔇|speaker 🔈|sound 🔉|loud_sound 🔊|loudspeaker 📢|mega 📣|bell 🔔|no_bell 🔕|microphone 🎤
headphones 🎧|musical_note 🎵|notes 🎶|guitar 🎸|drum 🥁|game_die 🎲|dart 🎯|video_game 🎮|joystick 🕹️|jigsaw 🧩|bowling 🎳|soccer ⚽
basketball 🏀|football 🏈|baseball ⚾|tennis 🎾|8ball 🎱|ping_pong 🏓|performing_arts 🎭|circus_tent 🎪|magic_wand 🪄|crystal_ball 🔮
hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|clock3 🕒|clock9 🕘|clock12 🕛
eyes 👀|eye 👁️|ear 👂|nose 👃|tongue 👅|brain 🧠|bone 🦴|tooth 🦷|footprints 👣|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️
busts_in_silhouette 👥|bust_in_silhouette 👤|baby 👶|boy 👦|girl 👧|man 👨|woman 👩|family 👪|cop 👮|detective 🕵️|construction_worker 👷
ninja 🥷|superhero 🦸|mage 🧙|zombie 🧟|technologist 🧑‍💻|man_technologist 👨‍💻|woman_technologist 👩‍💻|running 🏃|runner 🏃|walking 🚶
dancer 💃|santa 🎅|christmas_tree 🎄|jack_o_lantern 🎃|fireworks 🎆|sparkler 🎇|tophat 🎩|eyeglasses 👓|necktie 👔|tshirt 👕|shirt 👕
mortar_board 🎓|briefcase 💼|handbag 👜|school_satchel 🎒|closed_umbrella 🌂|ring 💍|money_with_wings 💸|yen 💴|euro 💶|pound 💷
shopping_cart 🛒|bathtub 🛁|toilet 🚽|door 🚪|bed 🛏️|broom 🧹|soap 🧼|sponge 🧽|fire_extinguisher 🧯|bricks 🧱|rock 🪨|wood 🪵
balance_scale ⚖️|atom_symbol ⚛️|radioactive ☢️|biohazard ☣️|peace_symbol ☮️|yin_yang ☯️|wheelchair ♿|heavy_dollar_sign 💲
currency_exchange 💱|trident 🔱|beginner 🔰|fleur_de_lis ⚜️|white_flower 💮|diamonds ♦️|hearts ♥️|spades ♠️|clubs ♣️|joker 🃏|pirate_flag 🏴‍☠️
de 🇩🇪|gb 🇬🇧|uk 🇬🇧|us 🇺🇸|fr 🇫🇷|es 🇪🇸|it 🇮🇹|jp 🇯🇵|cn 🇨🇳|kr 🇰🇷|ru 🇷🇺|eu 🇪🇺|ukraine 🇺🇦|india 🇮🇳|brazil 🇧🇷|canada 🇨🇦|switzerland 🇨🇭
`;

/** Pictures of GitHub's own, which have no characters. */
const pictures =
  "octocat|shipit|bowtie|neckbeard|trollface|electron|dependabot|copilot|octobot|fu|hurtrealbad|suspect|goberserk";

/** The characters of an emoji, by its name without colons; "" for one that has none. */
export const emojiByName: ReadonlyMap<string, string> = new Map(
  `${common.trim()}|${pictures}`.split(/[|\n]/).map((entry) => {
    const [name = "", text = ""] = entry.split(" ");
    return [name, text];
  }),
);
