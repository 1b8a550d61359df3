-- pauses
::again:: goto again
