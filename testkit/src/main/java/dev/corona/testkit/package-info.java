/**
 * A test kit for code with coroutines. {@link dev.corona.testkit.LoopTest} makes a JUnit test the main task of a loop;
 * {@link dev.corona.testkit.TestLoops} does the same without JUnit; {@link dev.corona.testkit.SteppedLoop} runs step by step;
 * {@link dev.corona.testkit.Steps} states in which order things happen.
 */
@org.jspecify.annotations.NullMarked
package dev.corona.testkit;
