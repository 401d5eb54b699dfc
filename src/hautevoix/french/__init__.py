"""french"""
