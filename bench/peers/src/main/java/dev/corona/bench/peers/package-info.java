/**
 * The woven suite's programs as users of other libraries write them, for an old class-file format that the libraries' weavers
 * read. {@code dev.corona.bench.woven.Programs} says what each program does.
 */
package dev.corona.bench.peers;
