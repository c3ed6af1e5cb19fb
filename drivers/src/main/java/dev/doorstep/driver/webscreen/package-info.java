/**
 * The resident's screen ({@code web-screen}), which is the evaluation pad, too: no vendor publishes
 * the wire of one, so this one is a page of our own in a browser. The five levels: GB/T 39046-2020,
 * table A.8; that giving one is voluntary and nothing may be preselected: GB/T 39734-2020.
 *
 * <pre>
 *   agent → page, one JSON text per message; the last one is sent again to a page that reconnects
 *
 *     {"task":"idle",
 *      "point":"…",                         left out where the point has no name
 *      "devices":[{"zh":"身份证阅读器","en":"ID-card reader","ready":true},…]}
 *     {"task":"evaluation",
 *      "id":"zHq0…",                        22 characters, random, new for each question
 *      "levels":[{"level":"VERY_SATISFIED","zh":"非常满意","en":"Very satisfied"},
 *                {"level":"SATISFIED",         "zh":"满意",       "en":"Satisfied"},
 *                {"level":"FAIRLY_SATISFIED",  "zh":"基本满意",   "en":"Fairly satisfied"},
 *                {"level":"DISSATISFIED",      "zh":"不满意",     "en":"Dissatisfied"},
 *                {"level":"VERY_DISSATISFIED", "zh":"非常不满意", "en":"Very dissatisfied"}],
 *      "number":"…","item":"…",
 *      "window":"…","staff":"…",            each left out where the center did not name it
 *      "comment":500}                       the most characters; left out if no text is asked for
 *
 *                                           a level with reasons has, beside its words,
 *      "reasons":[{"code":"207","zh":"没有提供材料样本","en":"No samples of the papers"},…]
 *
 *     {"task":"show",                       or confirm, or sign
 *      "id":"zHq0…",
 *      "title":"…","text":"…",              each left out where the center did not name it
 *      "fields":[{"name":"…","value":"…"},…],               with confirm alone
 *      "pages":[{"file":"zHq0…-0","width":1131,"height":1600},…]}
 *                                           to be fetched at /screen/{name}/file/{file}
 *
 *   page → agent
 *
 *     {"id":"zHq0…","answer":"GIVEN","level":"SATISFIED"}
 *     {"id":"zHq0…","answer":"GIVEN","level":"DISSATISFIED","reasons":["207","214"],"comment":"…"}
 *     {"id":"zHq0…","answer":"DECLINED"}                   not to evaluate, not to sign
 *     {"id":"zHq0…","answer":"SHOWN"}                      it stands there, pictures and all
 *     {"id":"zHq0…","answer":"YES"}                        or NO, to confirm
 *     {"id":"zHq0…","answer":"SIGNED","strokes":[[x,y,time,pressure,x,y,…],…]}
 *     {"id":"zHq0…","answer":"TOUCHED"}                    the resident is at it
 *
 *        agent                               page
 *          │ idle                              │  您好 Welcome
 *          ├──────────────────────────────────►│
 *          │ evaluation                        │  five levels and "no answer", none preselected
 *          ├──────────────────────────────────►│
 *          │                      GIVEN, level │  pressed: 谢谢 Thank you, for 2 s
 *          │◄──────────────────────────────────┤
 *          │ idle                              │  您好 Welcome
 *          ├──────────────────────────────────►│
 * </pre>
 *
 * <p>The field for a signature has 4800 by 1600 units, whatever the screen; time is in milliseconds
 * since the document was shown, pressure 0 to 1000.
 *
 * <p>The first answer with the id of the open question ends it. Everything else is passed over and
 * counted in the log, without its content: another id, a level that is not one of the five, a
 * reason of another level, a text that is too long or not asked for, a second answer, an answer
 * after the time-out, a member that is not named above, text that is no JSON.
 *
 * <p>A question begins only if a browser shows the page ({@code SCREEN_NOT_OPEN} otherwise). If the
 * browser is closed while it is open, it stays open: a page that comes back in time shows it again,
 * and otherwise it ends as {@code TIMED_OUT}, after {@code wait} or at the command's deadline,
 * whichever comes first. If two pages show one screen, both show the question and the first answer
 * counts.
 */
@NullMarked
package dev.doorstep.driver.webscreen;

import org.jspecify.annotations.NullMarked;
