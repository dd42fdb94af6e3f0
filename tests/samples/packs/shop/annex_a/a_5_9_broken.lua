return rule "A.5.9" {
  title = "Inventory",
