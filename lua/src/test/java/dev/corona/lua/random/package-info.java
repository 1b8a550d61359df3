/**
 * Random Lua programs that must print here what they print on the reference: {@code RandomLuaTest} writes them by a grammar of
 * types ({@code Statements}, {@code Expressions}), runs them, and shrinks one that differs.
 */
package dev.corona.lua.random;
