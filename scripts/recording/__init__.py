"""The pages of the bundled recording: our own words and markup around the figures of five real reports.

The figures of 北仑区 2012, 鄞州区 2020, 镇海区 2016, 昆明市 2014 and 张店区 2017 are those that the authorities
published, faults included. Every other report of the recording is an invented example and says so in its text.
"""
