/** How the weaver writes the resumable form of methods and classes. */
@org.jspecify.annotations.NullMarked
package dev.corona.weave.transform;
