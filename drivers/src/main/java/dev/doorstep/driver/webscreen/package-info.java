/**
 * The resident's screen as an evaluation pad ({@code web-screen}): no vendor publishes the wire of
 * a pad, so this one is a page of our own in a browser. The five levels: GB/T 39046-2020, table
 * A.8; that giving one is voluntary and nothing may be preselected: GB/T 39734-2020.
 *
 * <pre>
 *   agent → page, one JSON text per message; the last one is sent again to a page that reconnects
 *
 *     {"task":"idle"}
 *     {"task":"evaluation",
 *      "id":"zHq0…",                        22 characters, random, new for each question
 *      "levels":[{"level":"VERY_SATISFIED","zh":"非常满意","en":"Very satisfied"},
 *                {"level":"SATISFIED",         "zh":"满意",       "en":"Satisfied"},
 *                {"level":"FAIRLY_SATISFIED",  "zh":"基本满意",   "en":"Fairly satisfied"},
 *                {"level":"DISSATISFIED",      "zh":"不满意",     "en":"Dissatisfied"},
 *                {"level":"VERY_DISSATISFIED", "zh":"非常不满意", "en":"Very dissatisfied"}],
 *      "item":"…","staff":"…"}              each left out where the center did not name it
 *
 *   page → agent
 *
 *     {"id":"zHq0…","answer":"GIVEN","level":"SATISFIED"}
 *     {"id":"zHq0…","answer":"DECLINED"}
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
 * <p>The first answer with the id of the open question ends it. Everything else is passed over and
 * counted in the log, without its content: another id, a level that is not one of the five, a
 * second answer, an answer after the time-out, a member that is not named above, text that is no
 * JSON.
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
