/**
 * The command line of the service. It speaks HTTP and shares no code with the servers.
 *
 * <p>The package has more than 25 classes because each command has one, and the commands share
 * their options and messages.
 */
package io.thumbnailer.cli;
