/**
 * JMS-style messaging: the vocabulary of Jakarta Messaging on a broker of our choice.
 *
 * <p>It has more than 25 types because it is one vocabulary, mostly small interfaces and records.
 *
 * <table>
 *   <caption>Counterparts in Jakarta Messaging 3.1, and what differs</caption>
 *   <tr><th>here</th><th>there</th><th>difference</th></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessagingContext}</td><td>{@code JMSContext}</td>
 *     <td>safe for concurrent use; no sessions and no local transactions</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.Destination}</td><td>{@code Queue}</td>
 *     <td>queues only, no topics; created by its first message</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessageProducer}</td><td>{@code JMSProducer}</td>
 *     <td>the sender chooses the message's id, and sending an id again does nothing</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessageConsumer}</td><td>{@code JMSConsumer} with a
 *     listener</td><td>handles several messages at a time; no synchronous receive, no
 *     selectors</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessageListener}</td><td>{@code MessageListener}</td>
 *     <td>may throw: the type of the exception distinguishes permanent from transient failures</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.Message}</td><td>{@code TextMessage}</td>
 *     <td>immutable; string properties only</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.Delivery}</td><td>a received message in {@code
 *     CLIENT_ACKNOWLEDGE}</td><td>each is acknowledged individually, with an outcome that is stored; it is held by a lease that expires</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.Delivery#deliveryCount}</td>
 *     <td>{@code JMSXDeliveryCount}</td><td>a delivery that was handed back does not count</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.Priority}</td><td>{@code JMSPriority} 0 to 9</td>
 *     <td>three lanes; none starves</td></tr>
 *   <tr><td>{@code deliveryDelay}, {@code timeToLive}</td><td>the same</td>
 *     <td>a message expires only before its first delivery</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessageBrowser}</td><td>{@code QueueBrowser}</td>
 *     <td>finds messages by id, including ended ones, and counts them; does not iterate over the queue in order</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.DeadLetters},
 *     {@link io.thumbnailer.messaging.QueueMaintenance},
 *     {@link io.thumbnailer.messaging.IdempotencyKeys}</td><td>none</td>
 *     <td>left to the broker's administration there</td></tr>
 *   <tr><td>{@link io.thumbnailer.messaging.MessagingException}</td>
 *     <td>{@code JMSRuntimeException}</td><td>unchecked, too</td></tr>
 * </table>
 */
package io.thumbnailer.messaging;
