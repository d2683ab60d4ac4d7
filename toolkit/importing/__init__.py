"""Reading an existing document, and sorting its lines into what a toolkit is made of."""
