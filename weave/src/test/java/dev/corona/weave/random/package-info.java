/**
 * Random programs, run plain and woven. {@code RandomProgramsTest} is the place to start; {@code ProgramWriter} makes a
 * program from a seed, {@code Kit} is what programs are made of, {@code Shrinker} takes away what a failure does not need.
 */
package dev.corona.weave.random;
