/** The command line of the service. It speaks HTTP and shares no code with the servers. */
package io.thumbnailer.cli;
