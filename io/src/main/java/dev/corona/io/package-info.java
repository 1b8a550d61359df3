/**
 * Sockets and HTTP whose calls suspend a task, never its thread. Start with {@link dev.corona.io.IoLoop}: it runs the
 * tasks; {@link dev.corona.io.TcpServer}, {@link dev.corona.io.TcpSocket}, {@link dev.corona.io.HttpServer} and
 * {@link dev.corona.io.HttpClient} are what they call.
 *
 * <p><b>Threads.</b> Everything here belongs to the tasks of one loop unless it says otherwise. <b>Errors.</b> What the
 * network does wrong is an {@link dev.corona.io.IoException}; each case has a subclass.
 */
@NullMarked
package dev.corona.io;

import org.jspecify.annotations.NullMarked;
