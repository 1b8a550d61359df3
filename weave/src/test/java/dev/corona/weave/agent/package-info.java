/** The weaver at load time, in JVMs of their own. */
package dev.corona.weave.agent;
