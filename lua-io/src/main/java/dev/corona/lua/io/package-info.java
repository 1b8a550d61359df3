/**
 * What Lua programs have of the event loop. Start with {@link dev.corona.lua.io.LuaLoop}; {@link dev.corona.lua.io.function.Job} says
 * how a function waits.
 *
 * <pre>
 *   corona        sleep(s)  yield()  now()  spawn(f, ...)  timeout(s, f, ...)  channel([capacity])
 *     a task      await([s])  cancel()  done()
 *     a channel   send(v)  receive([s])  values()  close()  size()
 *   corona.net    connect(host, port [, s])  listen(port or {host, port} [, handler])
 *     connection  read([format])  lines([format])  write(...)  shutdown()  close()  settimeout([s])  peer()  address()
 *     listener    accept([s])  connections()  port()  address()  close()
 *   corona.fs     read(path)  write(path, text)  append(path, text)  list(path)  stat(path)  mkdir(path)  remove(path)
 *                 rename(from, to)
 *   socket        the calls that LuaSocket's manual describes for TCP, and dns, select, sleep, gettime, try, protect, sink, source
 * </pre>
 *
 * <p>Times are seconds. A format is l for a line, L for a line with its end, a for all, s for what arrives next, or a number of bytes.
 * What fails outside of the program is nil and a message, "timeout" and "closed" among them; a wrong argument is an error. A
 * task that is cancelled gets the error "cancelled" from the call that it waits in. Objects close themselves at the end of a
 * {@code <close>} variable's block.
 */
@NullMarked
package dev.corona.lua.io;

import org.jspecify.annotations.NullMarked;
