/**
 * Messaging on Redis Streams with Lettuce. Every transition of a message is one Lua script; the
 * scripts stand beside this package among the resources.
 *
 * <p>The keys of a destination have one hash tag, so a cluster keeps them on one node, and the
 * scripts may derive them from the one key that they are called with. A destination is as fast as
 * one node.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><td>{@code message:ID}</td><td>hash: state, lane, deliveries, lease, times, last
 *     failure</td></tr>
 *   <tr><td>{@code body:ID}</td><td>string: text, properties, and at the end the outcome</td></tr>
 *   <tr><td>{@code lane:high|normal|low}</td><td>stream of ids, with one consumer group; an entry
 *     stays until its message ends, so the length is the backlog</td></tr>
 *   <tr><td>{@code leases}</td><td>sorted set of ids in work by the end of their lease</td></tr>
 *   <tr><td>{@code returned}</td><td>sorted set of ids that a holder gave back or lost; they are
 *     taken before any lane</td></tr>
 *   <tr><td>{@code delayed}, {@code dead}</td><td>sorted sets of ids by due time, by time of
 *     failure</td></tr>
 *   <tr><td>{@code wake}</td><td>list of at most 100 tokens, see below</td></tr>
 * </table>
 *
 * <p>Why consumers wait on a list and not on the streams: a blocking {@code XREADGROUP} hands out
 * an entry before any script can note the lease, so a crash between the two leaves a message that
 * nobody holds; it takes from all lanes at once, against their order; and it cannot take what was
 * given back. So a claim is always a script, and an idle consumer waits with {@code BLPOP}, on a
 * connection of its own, for a token that says that a look is worth while. A token is only a hint:
 * one that is lost costs at most the second after which every consumer looks anyway, and one too
 * many costs an empty look.
 *
 * <p>Why a lease is named at random and not numbered: a number that Redis forgot, or lost with the
 * last second before a crash, would be given out twice, and two holders would hold the same lease.
 */
package io.thumbnailer.messaging.redis;
