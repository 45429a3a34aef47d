/**
 * Messaging on Redis Streams with Lettuce. Every transition of a message is one Lua script; the
 * scripts are in the resources of this package.
 *
 * <p>The package has more than 25 classes because they share one protocol: nearly all of them are
 * package-private views of the same keys and scripts.
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
 *   <tr><td>{@code leases}</td><td>sorted set of held ids, scored by the expiry of their
 *     lease</td></tr>
 *   <tr><td>{@code returned}</td><td>sorted set of ids that were handed back or lost by a holder;
 *     claimed before any lane</td></tr>
 *   <tr><td>{@code delayed}, {@code dead}</td><td>sorted sets of ids by due time, by time of
 *     failure</td></tr>
 *   <tr><td>{@code wake}</td><td>list of at most 100 tokens, see below</td></tr>
 * </table>
 *
 * <p>Why consumers wait on a list and not on the streams: a blocking {@code XREADGROUP} delivers an
 * entry before any script can record the lease, so a crash between the two leaves a message that
 * nobody holds; it takes from all lanes at once, against their order; and it cannot take returned
 * messages. So a claim is always a script, and an idle consumer waits with {@code BLPOP}, on its
 * own connection, for a token that announces a message. A token is only a hint: a lost token costs
 * at most the second after which every consumer looks anyway, and a surplus token costs one empty
 * fetch.
 *
 * <p>Why a lease has a random name and not a number: if Redis lost its data, or the last second
 * before a crash, it would issue a number twice, and two holders would hold the same lease.
 */
package io.thumbnailer.messaging.redis;
