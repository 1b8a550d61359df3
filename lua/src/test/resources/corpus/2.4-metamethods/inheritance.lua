-- Classes by prototypes, with calls of the parent's method.
local Animal = {} Animal.__index = Animal
function Animal.new(name) return setmetatable({name = name}, Animal) end
function Animal:speak() return self.name .. " makes " .. self:sound() end
function Animal:sound() return "a sound" end
local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog
function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
function Dog:sound() return "barks, and " .. Animal.sound(self) end
print(Animal.new("it"):speak())
print(Dog.new("rex"):speak())
print(getmetatable(Dog.new("x")) == Dog, rawget(Dog, "speak"))
