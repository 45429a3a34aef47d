/** JMS-style messaging: the vocabulary of Jakarta Messaging over a broker of our own choice. */
package io.thumbnailer.messaging;
