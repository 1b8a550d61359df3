package dev.corona.lua.runtime;

/** Unwinds a coroutine that {@code coroutine.close} ends. */
final class Killed extends Ending {}
