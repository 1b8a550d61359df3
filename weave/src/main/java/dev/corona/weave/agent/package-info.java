/** The weaver at load time, as an agent of the JVM: {@link dev.corona.weave.agent.Agent} is what the JVM starts. */
@org.jspecify.annotations.NullMarked
package dev.corona.weave.agent;
