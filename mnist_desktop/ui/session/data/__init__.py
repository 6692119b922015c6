"""The data set, its pictures, and what is said of them."""
