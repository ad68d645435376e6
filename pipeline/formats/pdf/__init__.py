"""x"""
def is_pdf(data): return False
def read_pdf(data, limits): raise NotImplementedError
