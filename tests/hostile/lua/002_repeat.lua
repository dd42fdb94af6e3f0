-- P2 contained: limit=time
repeat local done = false until done
