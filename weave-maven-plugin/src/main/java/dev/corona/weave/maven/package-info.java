/** The weaver as goals of Maven; it runs as a process of its own, on a JDK that is new enough. */
@org.jspecify.annotations.NullMarked
package dev.corona.weave.maven;
